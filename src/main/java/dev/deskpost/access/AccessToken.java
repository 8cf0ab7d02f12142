package dev.deskpost.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret that callers show. Made on first start, in a file that only its owner can read. */
final class AccessToken {

    private static final Logger log = LoggerFactory.getLogger(AccessToken.class);
    private static final int RANDOM_BYTES = 32;

    /** Of a token that a person has chosen; the ones that are made have 43. */
    private static final int LEAST_CHARS = 16;

    private static final String OWNER_ONLY = "rw-------";
    private static final String SIGNING_ALGORITHM = "HmacSHA256";

    /** RFC 6750, section 2.1. */
    private static final Pattern SENDABLE = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final byte[] secret;

    private AccessToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the token, or makes one if the file does not exist.
     *
     * @throws UnusableToken if neither can be done, or there is none in it
     */
    static AccessToken in(Path file) {
        if (Files.isDirectory(file)) {
            throw new UnusableToken(file, "is a directory", null);
        }
        try {
            String secret = read(file);
            if (!SENDABLE.matcher(secret).matches()) {
                throw new UnusableToken(
                        file,
                        "is empty, or what it holds is no bearer token (letters, digits and -._~+/ in one line)",
                        null);
            }
            if (secret.length() < LEAST_CHARS) {
                throw new UnusableToken(
                        file, "holds fewer than " + LEAST_CHARS + " characters, which could be guessed", null);
            }
            return new AccessToken(secret);
        } catch (IOException e) {
            throw new UnusableToken(file, "can neither be read nor made: " + e, e);
        }
    }

    /** Compares in constant time: how long a wrong answer takes must not tell how wrong it is. */
    boolean is(String shown) {
        return MessageDigest.isEqual(secret, shown.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A secret for one purpose, which tells nothing of the token, and ends with it.
     *
     * @return hexadecimal digits
     */
    String keyFor(String purpose) {
        try {
            Mac mac = Mac.getInstance(SIGNING_ALGORITHM);
            mac.init(new SecretKeySpec(secret, SIGNING_ALGORITHM));
            byte[] key = mac.doFinal(("deskpost " + purpose).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + SIGNING_ALGORITHM, e);
        }
    }

    private static String read(Path file) throws IOException {
        try {
            create(file);
            log.info("Made a token for callers in {}", file);
        } catch (FileAlreadyExistsException e) {
            warnIfOthersCanRead(file);
        }
        return Files.readString(file).trim();
    }

    private static void create(Path file) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            channel.write(StandardCharsets.US_ASCII.encode(secret));
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
    }

    private static void warnIfOthersCanRead(Path file) throws IOException {
        if (!isPosix(file)) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!PosixFilePermissions.fromString(OWNER_ONLY).containsAll(permissions)) {
            log.warn(
                    "Others than its owner can use the token file {} ({}); run: chmod 600 {}",
                    file,
                    PosixFilePermissions.toString(permissions),
                    file);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
