package io.github.election4j.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Signs certificates for servers on loopback and for their clients, as often as they are to be rotated. */
public final class TestAuthority {
    private final Path folder;
    private final Path store;
    private final Path certificate;

    private TestAuthority(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("authority.p12");
        TestCertificate.keytool(
                "-genkeypair",
                "-alias",
                "etcd",
                "-keyalg",
                "EC",
                "-dname",
                "CN=authority of " + folder.getFileName(),
                "-ext",
                "bc:c",
                "-validity",
                "2",
                "-keystore",
                store.toString());
        this.certificate = TestCertificate.export(store, folder).certificate();
    }

    public static TestAuthority create(Path folder) {
        try {
            return new TestAuthority(Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What those trust who trust what this one signs. */
    public Path certificate() {
        return certificate;
    }

    /** Signs another one, which replaces what is in the files of that name, each in one go. */
    public TestCertificate issue(String name, Duration validity) {
        try {
            Path made = Files.createTempDirectory(folder, name);
            Path keys = made.resolve("keys.p12");
            Path request = made.resolve("request.pem");
            TestCertificate.keytool(
                    "-genkeypair", "-alias", "etcd", "-keyalg", "EC", "-dname", "CN=" + name, "-keystore", "" + keys);
            TestCertificate.keytool("-certreq", "-alias", "etcd", "-file", "" + request, "-keystore", "" + keys);
            TestCertificate issued = TestCertificate.export(keys, made);
            sign(request, issued.certificate(), validity);
            Path target = Files.createDirectories(folder.resolve(name));
            return new TestCertificate(
                    Files.move(issued.certificate(), target.resolve("certificate.pem"), StandardCopyOption.ATOMIC_MOVE),
                    Files.move(issued.privateKey(), target.resolve("key.pem"), StandardCopyOption.ATOMIC_MOVE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** keytool counts validity in days, from a start that may be in the past. */
    private void sign(Path request, Path target, Duration validity) {
        TestCertificate.keytool(
                "-gencert",
                "-alias",
                "etcd",
                "-infile",
                request.toString(),
                "-outfile",
                target.toString(),
                "-rfc",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-startdate",
                "-2d+" + validity.toSeconds() + "S",
                "-validity",
                "2",
                "-keystore",
                store.toString());
    }
}
