package io.github.election4j.planted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Everything of this project once more, with a bug planted in it. What is on the class path stays as it is. */
public final class PlantedClasses extends ClassLoader {
    private static final String OURS = "io.github.election4j.";

    private final Map<String, byte[]> planted;

    private PlantedClasses(Map<String, byte[]> planted) {
        super(PlantedClasses.class.getClassLoader());
        this.planted = planted;
    }

    /** For this process. */
    public static PlantedClasses of(PlantedBug bug) throws IOException {
        return new PlantedClasses(compile(bug));
    }

    /** For another process, which must have the folder before all else on its class path. */
    public static void write(PlantedBug bug, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> planted : compile(bug).entrySet()) {
            Path file = folder.resolve(planted.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, planted.getValue());
        }
    }

    private static Map<String, byte[]> compile(PlantedBug bug) throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        bug.sources().forEach((path, text) -> sources.add(new Source(path, text)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Output output = new Output(compiler.getStandardFileManager(null, null, null))) {
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            List<String> options = List.of("-proc:none", "-nowarn", "-Xlint:none", "-classpath", classPath);
            if (!compiler.getTask(null, output, null, options, null, sources).call()) {
                throw new IllegalStateException("Does not compile: " + bug);
            }
            Map<String, byte[]> classes = new HashMap<>();
            output.written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return name.startsWith(OURS) ? define(name) : super.loadClass(name, resolve);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = planted.get(name);
        try (InputStream original = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (bytes == null && original == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = bytes == null ? original.readAllBytes() : bytes;
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        private Source(Path path, String text) {
            super(path.toUri(), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        private Output(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
