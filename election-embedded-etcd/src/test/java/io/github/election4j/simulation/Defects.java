package io.github.election4j.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * What members log in minutes of faults is of no use, and slow; but what the loop logs as an error is a defect, which
 * it survives.
 */
final class Defects implements AutoCloseable {
    private static final String LOOP = "io.github.election4j.internal.runtime.SessionLoop";

    private final Logger all = (Logger) LoggerFactory.getLogger("io.github.election4j");
    private final Logger loop = (Logger) LoggerFactory.getLogger(LOOP);
    private final Level before = all.getEffectiveLevel();
    private final List<String> found = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            found.add(event.getFormattedMessage() + ": "
                    + event.getThrowableProxy().getClassName() + " "
                    + event.getThrowableProxy().getMessage());
        }
    };

    static Defects watch() {
        Defects defects = new Defects();
        defects.appender.start();
        defects.all.setLevel(Level.OFF);
        defects.loop.setLevel(Level.ERROR);
        defects.loop.addAppender(defects.appender);
        return defects;
    }

    List<String> found() {
        return found;
    }

    @Override
    public void close() {
        loop.detachAppender(appender);
        loop.setLevel(null);
        all.setLevel(before);
    }
}
