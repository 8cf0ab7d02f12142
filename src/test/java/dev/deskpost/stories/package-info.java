/** One story for each family of endpoints, told by somebody who calls the running service over HTTP. */
package dev.deskpost.stories;
