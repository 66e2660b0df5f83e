package io.github.election4j.testing;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * What tests print goes to files, so that a green build is short. This adds to each failure the last lines that were
 * printed before it, and where the rest is. JUnit finds it by itself: see {@code junit-platform.properties}.
 */
public final class LogOfFailedTest
        implements BeforeAllCallback, TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
    private static final int LINES = 40;
    private static final int LONGEST = 400;
    private static final Deque<String> LAST = new ArrayDeque<>();

    static {
        System.setOut(listening(System.out));
        System.setErr(listening(System.err));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (context.getRequiredTestClass().getEnclosingClass() == null) {
            synchronized (LAST) {
                LAST.clear();
            }
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withLog(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withLog(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withLog(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withLog(context, failure);
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withLog(context, failure);
    }

    private static Throwable withLog(ExtensionContext context, Throwable failure) {
        return withLog(context.getRequiredTestClass(), failure);
    }

    static Throwable withLog(Class<?> test, Throwable failure) {
        failure.addSuppressed(new Log(test));
        return failure;
    }

    /** Passes everything on, and remembers the last lines of it. */
    private static PrintStream listening(PrintStream original) {
        return new PrintStream(new Listening(original), true, Charset.defaultCharset());
    }

    /** Shown under the failure; it has no stack of its own. */
    private static final class Log extends Exception {
        private static final long serialVersionUID = 1L;

        Log(Class<?> test) {
            super(text(test), null, false, false);
        }

        private static String text(Class<?> test) {
            Class<?> outer = test;
            while (outer.getEnclosingClass() != null) {
                outer = outer.getEnclosingClass();
            }
            synchronized (LAST) {
                return "The log ends with the lines below; all of it is in target/*-reports/" + outer.getName()
                        + "*-output.txt\n" + String.join("\n", LAST);
            }
        }
    }

    private static final class Listening extends OutputStream {
        private final PrintStream original;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Listening(PrintStream original) {
            this.original = original;
        }

        @Override
        public synchronized void write(int each) {
            original.write(each);
            take(each);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            original.write(bytes, from, length);
            for (int i = from; i < from + length; i++) {
                take(bytes[i]);
            }
        }

        @Override
        public void flush() {
            original.flush();
        }

        private void take(int each) {
            if (each != '\n') {
                line.write(each);
                return;
            }
            String text = line.toString(Charset.defaultCharset()).stripTrailing();
            line.reset();
            synchronized (LAST) {
                LAST.addLast(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
                if (LAST.size() > LINES) {
                    LAST.removeFirst();
                }
            }
        }
    }
}
