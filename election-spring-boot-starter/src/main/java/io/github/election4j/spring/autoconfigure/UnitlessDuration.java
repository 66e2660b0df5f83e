package io.github.election4j.spring.autoconfigure;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * A duration that was written as a number: Spring Boot reads milliseconds, and who wrote it may have meant seconds.
 *
 * @param property its name
 * @param number what was written
 */
record UnitlessDuration(String property, String number) {
    private static final Duration SUSPICIOUS = Duration.ofMillis(100);

    static Optional<UnitlessDuration> find(Environment environment, String property) {
        String value = Binder.get(environment)
                .bind(ConfigurationPropertyName.adapt(property, '.'), Bindable.of(String.class))
                .orElse("")
                .strip();
        boolean duration = property.endsWith("-duration") || property.endsWith("-timeout");
        return duration && value.matches("[+-]?\\d{1,15}")
                ? Optional.of(new UnitlessDuration(property, value))
                : Optional.empty();
    }

    /** {@return whether hardly anybody would want so few milliseconds} */
    boolean isSuspicious() {
        long millis = Long.parseLong(number);
        return millis > 0 && millis < SUSPICIOUS.toMillis();
    }

    @Override
    public String toString() {
        return "%1$s=%2$s is %2$sms: a number without a unit is milliseconds; write %2$ss for seconds"
                .formatted(property, number);
    }
}
