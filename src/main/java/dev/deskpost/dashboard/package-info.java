/**
 * The page for people: what is queued, what is on its way, what failed and why, and the buttons for it.
 *
 * <p>It shows what other rooms know, and asks them for it as it is needed; it keeps nothing. Whatever a button does goes
 * through the API, as everybody's calls do. Nobody may know that the page is there.
 *
 * <p>Start reading at {@code PageController}; the templates lie in {@code resources/templates/dashboard}, what the browser
 * runs in {@code resources/static/ui}.
 */
@ApplicationModule(
        allowedDependencies = {
            "message",
            "recipient",
            "delivery",
            "desktop",
            "station",
            "monitoring",
            "monitoring::alert",
            "event"
        })
@NullMarked
package dev.deskpost.dashboard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
