package dev.deskpost;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;

/**
 * Loads a class beside the few jars in Deskpost's own that it needs. Spring Boot's loader looks for each class in all of
 * them, one after the other: that makes a command, which is over in a second, take twice the time.
 */
final class FewJars {

    private static final String CLASSES = "!BOOT-INF/classes/";
    private static final String JARS = "!BOOT-INF/lib/";

    private FewJars() {}

    /**
     * @param jars the names of those it needs, without versions
     * @return the class itself where it does not come from such a jar
     */
    static Class<?> load(Class<?> type, List<String> jars) throws ClassNotFoundException {
        if (!(type.getClassLoader() instanceof URLClassLoader all)) {
            return type;
        }
        URL[] few = Arrays.stream(all.getURLs())
                .filter(url -> url.getPath().contains(CLASSES)
                        || jars.stream().anyMatch(jar -> url.getPath().contains(JARS + jar + "-")))
                .toArray(URL[]::new);
        if (few.length != jars.size() + 1) {
            return type; // Not packed by Spring Boot, or not as it was.
        }
        return new URLClassLoader(few, ClassLoader.getPlatformClassLoader()).loadClass(type.getName());
    }
}
