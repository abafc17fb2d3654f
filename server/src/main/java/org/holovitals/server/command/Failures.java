package org.holovitals.server.command;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.validation.FieldError;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Says why a command failed in a line or two; a stack trace goes to the log when nobody foresaw the reason. */
final class Failures {
    private Failures() {}

    static int report(Exception thrown, CommandLine line, ParseResult parsed) {
        Optional<String> reason = reason(thrown);
        if (reason.isEmpty()) {
            LoggerFactory.getLogger(Failures.class)
                    .error("{} failed", parsed.commandSpec().name(), thrown);
        }
        line.getErr().println(line.getColorScheme().errorText("holovitals: " + reason.orElse("failed, see the log")));
        return line.getCommandSpec().exitCodeOnExecutionException();
    }

    /** Spring wraps what happened many times; the innermost that is known helps most. */
    private static Optional<String> reason(Throwable thrown) {
        Optional<String> reason = Optional.empty();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Optional<String> known = known(cause);
            if (known.isPresent() && !(cause instanceof IllegalStateException)) {
                return known;
            }
            reason = known.isPresent() ? known : reason;
        }
        return reason;
    }

    private static Optional<String> known(Throwable cause) {
        if (cause instanceof BindValidationException invalid) {
            return Optional.of(invalid.getValidationErrors().getAllErrors().stream()
                    .map(error ->
                            setting(invalid.getValidationErrors().getName().toString(), error))
                    .collect(Collectors.joining("\n")));
        } else if (cause instanceof BindException unreadable) {
            return Optional.of("The setting " + unreadable.getName() + " cannot be "
                    + (unreadable.getProperty() == null
                            ? "read"
                            : "'" + unreadable.getProperty().getValue() + "'"));
        } else if (cause instanceof ConversionFailedException unreadable) {
            return Optional.of("The setting " + named(unreadable.getValue()) + " cannot be '" + unreadable.getValue()
                    + "': " + unreadable.getTargetType().getType().getSimpleName() + " expected");
        } else if (cause instanceof PortInUseException taken) {
            return Optional.of(
                    "Port " + taken.getPort() + " is in use by another program. Choose one with SERVER_PORT.");
        } else if (cause instanceof IllegalStateException || cause instanceof IllegalArgumentException) {
            return Optional.ofNullable(cause.getMessage());
        }
        return Optional.empty();
    }

    /** Spring does not tell which setting it could not convert; in the environment its value finds it. */
    private static String named(@Nullable Object value) {
        return System.getenv().entrySet().stream()
                .filter(variable -> variable.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("of the command line");
    }

    private static String setting(String prefix, org.springframework.validation.ObjectError error) {
        return error instanceof FieldError field
                ? "The setting " + prefix + "." + field.getField() + " " + field.getDefaultMessage() + ", but is '"
                        + field.getRejectedValue() + "'"
                : "The settings below " + prefix + ": " + error.getDefaultMessage();
    }
}
