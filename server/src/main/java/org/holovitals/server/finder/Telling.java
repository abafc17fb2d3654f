package org.holovitals.server.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sentence in the making: words, and values with the claims that they stand in a resource. */
final class Telling {
    private static final int DAY = "2026-01-31".length();

    private final List<Fragment> fragments = new ArrayList<>();

    /**
     * A piece of it.
     *
     * @param claim what it rests on; null for words that state nothing
     * @param isLeftOut whether it is left out, and not the whole sentence, where the claim does not hold
     */
    record Fragment(String text, @Nullable Claim claim, boolean isLeftOut) {}

    static Telling of(String words) {
        return new Telling().words(words);
    }

    /** Adds words that state nothing. */
    Telling words(String words) {
        fragments.add(new Fragment(words, null, false));
        return this;
    }

    /** Adds a value that the sentence is about, if there is one. */
    Telling value(String before, Source source, @Nullable String value, String... paths) {
        return add(before, source, value, value, false, paths);
    }

    /** Adds a value that the sentence can do without, as where a typed table made it of several. */
    Telling also(String before, Source source, @Nullable String value, String... paths) {
        return add(before, source, value, value, true, paths);
    }

    /** Adds the day of a date, if there is one; the claim is of all of it. */
    Telling day(String before, Source source, @Nullable String date, String... paths) {
        return add(before, source, date, date == null ? null : day(date), true, paths);
    }

    static String day(String date) {
        return date.length() > DAY ? date.substring(0, DAY) : date;
    }

    private Telling add(
            String before,
            Source source,
            @Nullable String value,
            @Nullable String shown,
            boolean isLeftOut,
            String... paths) {
        if (value != null && !value.isBlank()) {
            fragments.add(new Fragment(before + shown, new Claim(source, List.of(paths), value), isLeftOut));
        }
        return this;
    }

    /** Adds what other sentences rest on, without their words. */
    Telling resting(Stream<Telling> others) {
        others.flatMap(other -> other.fragments.stream())
                .filter(fragment -> fragment.claim() != null && !fragment.isLeftOut())
                .forEach(fragment -> fragments.add(new Fragment("", fragment.claim(), false)));
        return this;
    }

    List<Fragment> fragments() {
        return List.copyOf(fragments);
    }

    Stream<Source> sources() {
        return fragments.stream()
                .flatMap(fragment -> Stream.ofNullable(fragment.claim()))
                .map(Claim::source);
    }
}
