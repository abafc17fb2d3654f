package org.holovitals.server.finder;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A text as its words: lower case, without accents and punctuation, plurals cut to the singular, short forms written out.
 *
 * @param plain with spaces between and at both ends, plurals as they were written
 */
record Words(List<String> list, String plain) {
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9.%+-]+");
    private static final Pattern DOTS = Pattern.compile("(?<!\\d)\\.|\\.(?!\\d)|(?<![a-z0-9])[-+]+|[-+]+(?![a-z0-9])");
    private static final int SHORT = 3;

    static Words of(@Nullable String text) {
        String lower = Normalizer.normalize(text == null ? "" : text, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'');
        String whole = ACCENTS.matcher(lower)
                .replaceAll("")
                .replace("can't", "can not")
                .replace("cannot", "can not")
                .replaceAll("\\bcant\\b", "can not")
                .replaceAll("\\bdont\\b", "do not")
                .replace("won't", "will not")
                .replace("n't", " not")
                .replace("'m ", " am ")
                .replace("'re ", " are ")
                .replace("'ve ", " have ")
                .replace("'ll ", " will ")
                .replace("'s", "");
        String clean = DOTS.matcher(OTHERS.matcher(whole).replaceAll(" ")).replaceAll(" ");
        List<String> plain = Arrays.stream(clean.trim().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return new Words(plain.stream().map(Words::stem).toList(), " " + String.join(" ", plain) + " ");
    }

    static Words ofAll(List<@Nullable String> texts) {
        return of(texts.stream().filter(Objects::nonNull).collect(Collectors.joining(" ")));
    }

    /** Enough of English to find a plural's singular: the same for questions and for what is searched. */
    static String stem(String word) {
        if (word.length() <= SHORT || word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) {
            return word;
        } else if (word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        } else if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes")) {
            return word.substring(0, word.length() - 2);
        }
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }

    boolean has(String word) {
        return list.contains(stem(word));
    }

    boolean hasAny(Set<String> words) {
        return words.stream().anyMatch(this::hasPhrase);
    }

    /** Whether words stand here one after the other. */
    boolean hasPhrase(String phrase) {
        return at(Words.of(phrase)) >= 0;
    }

    /** Where words stand one after the other; negative where they do not. */
    int at(Words phrase) {
        return phrase.list.isEmpty() ? -1 : java.util.Collections.indexOfSubList(list, phrase.list);
    }

    /** Whether it holds all words of another text, wherever. */
    boolean hasAll(Words others) {
        return !others.list.isEmpty() && Set.copyOf(list).containsAll(others.list);
    }
}
