package org.holovitals.server.finder;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.finder.Area.Openness;
import org.holovitals.server.finder.Finding.Kind;
import org.holovitals.server.finder.Finding.Looked;

/**
 * The Record Finder: answers a question from what one record holds, word for word, by rules alone. The same question to the
 * same record has the same answer. Each fact is read again where it is stored before it is stated.
 */
public final class Finder {
    /** As a reader of records is named. */
    public static final String NAME = "Record Finder";

    private static final String SEARCH = "search";
    private static final int MOST = 40;
    private static final int MOST_FOUND = 6;
    private static final double ENOUGH = 0.6;

    private final List<Intent> intents;
    private final Terms terms;
    private final Sources sources;
    private final RowAccess rows;
    private final Clock clock;

    Finder(List<Intent> intents, Terms terms, Sources sources, RowAccess rows, Clock clock) {
        this.intents = intents;
        this.terms = terms;
        this.sources = sources;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * What answers rest on.
     *
     * @param record for questions that no rule understands
     * @param quoting for those to which the rest has no answer, or that ask for what a document says
     */
    record Sources(WholeRecord record, CitationCheck citations, RecordReach reach, Quoting quoting) {}

    /** Answers with what the caller may see at this moment, in transactions of its own. */
    public Finding find(Question question, RecordView view) {
        Words words = question.words();
        Instant now = clock.instant();
        return SafetyRouter.danger(words)
                .map(danger -> new Finding(
                        Kind.UNSAFE, "safety", List.of(Sentence.plain(danger.words())), danger, 0, now, List.of()))
                .orElseGet(() -> find(question, words, view, now));
    }

    /** What is beyond the rules is no better answered by words that are near. */
    private Finding find(Question question, Words words, RecordView view, Instant now) {
        Plan plan = plan(words);
        Optional<Sentence> beyond = Beyond.of(words, plan, view.isOwn());
        Finding finding = beyond.map(
                        said -> new Finding(Kind.NOT_FOUND, SEARCH, List.of(said), null, 0, now, List.of()))
                .orElseGet(() -> rows.withPatients(Set.of(view.patient()), () -> answer(plan, words, view, now)));
        boolean isMissing = finding.kind() == Kind.NOT_FOUND && beyond.isEmpty();
        return isMissing || DocumentQuotes.isAskedFor(words)
                ? sources.quoting().of(question, view, now).orElse(finding)
                : finding;
    }

    /**
     * What the caller may see at this moment of what a question is about, the best first: also where the finder itself would not
     * dare to answer. Nothing for a question that no record answers.
     */
    public List<Evidence> evidence(Question question, RecordView view, int most) {
        Words words = question.words();
        Instant now = clock.instant();
        return SafetyRouter.danger(words).isPresent()
                ? List.of()
                : rows.withPatients(Set.of(view.patient()), () -> {
                    Plan plan = plan(words);
                    List<Area> closed = closed(plan, view);
                    return closed.size() == plan.areas().size()
                                    || Beyond.of(words, plan, view.isOwn()).isPresent()
                            ? List.<Evidence>of()
                            : new Answering(plan, words, view, closed, now).evidence(most);
                });
    }

    /** Whether a caller may look today at all that was looked at, and at no less of it: only then he may be told what is not there. */
    public boolean opens(RecordView view, List<Looked> looked) {
        return looked.stream().allMatch(each -> {
            Openness openness = Area.valueOf(each.area()).openness(sources.reach(), view);
            return openness == Openness.OPEN || (openness == Openness.PARTLY && !each.isWhole());
        });
    }

    private Plan plan(Words words) {
        return intents.stream()
                .flatMap(intent -> intent.plan(words).stream())
                .max(Comparator.comparingInt(Plan::weight))
                .orElseGet(this::search);
    }

    private List<Area> closed(Plan plan, RecordView view) {
        return plan.areas().stream()
                .filter(area -> area.openness(sources.reach(), view) == Openness.CLOSED)
                .toList();
    }

    private Finding answer(Plan plan, Words words, RecordView view, Instant now) {
        List<Area> closed = closed(plan, view);
        if (closed.size() == plan.areas().size()) {
            return new Finding(Kind.CLOSED, plan.intent(), List.of(closed(closed)), null, 0, now, List.of());
        }
        return new Answering(plan, words, view, closed, now).finding();
    }

    private Plan search() {
        return new Plan(
                SEARCH,
                0,
                Area.all().filter(area -> area != Area.PERSON).toList(),
                Set.of(),
                true,
                sources.record()::of,
                visible ->
                        visible.stream().limit(MOST_FOUND).map(Entry::telling).toList(),
                "entry");
    }

    private static Sentence closed(List<Area> areas) {
        return Sentence.plain("Your access does not open this part of the record (" + words(areas.stream())
                + "), so nothing is said about it.");
    }

    private static String words(Stream<Area> areas) {
        return areas.map(Area::words).collect(Collectors.joining(", "));
    }

    /** One answer in the making. */
    private final class Answering {
        private final Plan plan;
        private final Words words;
        private final RecordView view;
        private final List<Area> closed;
        private final Instant now;

        Answering(Plan plan, Words words, RecordView view, List<Area> closed, Instant now) {
            this.plan = plan;
            this.words = words;
            this.view = view;
            this.closed = closed;
            this.now = now;
        }

        private Readings readings(List<Entry> all) {
            return sources.citations()
                    .read(
                            view,
                            all.stream().flatMap(Finder::sourcesOf).distinct().toList());
        }

        private List<Entry> visible(List<Entry> all, Readings readings) {
            return all.stream()
                    .filter(entry -> readings.has(entry.source()))
                    .filter(entry -> Years.of(words)
                            .map(years -> years.has(entry.when()))
                            .orElse(true))
                    .toList();
        }

        List<Evidence> evidence(int most) {
            List<Entry> all = plan.rows().apply(view.patient());
            Readings readings = readings(all);
            List<Entry> visible = visible(all, readings);
            Subject subject = Subject.of(plan.isBySubject() ? terms.in(words, plan.own()) : List.of(), visible);
            List<Entry> best =
                    plan.intent().equals(SEARCH) ? TextSearch.best(subject.found(), visible) : chosen(subject, visible);
            return (best.isEmpty() ? visible : best)
                    .stream()
                            .limit(most)
                            .map(entry -> evidence(entry, readings))
                            .filter(each -> each.sentence().verified()
                                    && !each.sentence().citations().isEmpty())
                            .toList();
        }

        private static Evidence evidence(Entry entry, Readings readings) {
            return new Evidence(
                    CitationCheck.sentence(entry.telling(), readings),
                    sourcesOf(entry)
                            .distinct()
                            .filter(readings::has)
                            .map(source -> new Evidence.Resource(
                                    source.type(), source.id(), source.version(), readings.json(source)))
                            .toList());
        }

        Finding finding() {
            List<Entry> all = plan.rows().apply(view.patient());
            Readings readings = readings(all);
            List<Entry> visible = visible(all, readings);
            Subject subject = Subject.of(plan.isBySubject() ? terms.in(words, plan.own()) : List.of(), visible);
            List<Entry> chosen = chosen(subject, visible);
            List<Sentence> sentences = chosen.isEmpty()
                    ? List.of()
                    : plan.telling().apply(chosen).stream()
                            .limit(MOST)
                            .map(telling -> CitationCheck.sentence(telling, readings))
                            .toList();
            return sentences.isEmpty() ? nothing(subject, visible.size()) : found(subject, chosen.size(), sentences);
        }

        private List<Entry> chosen(Subject subject, List<Entry> visible) {
            if (!plan.intent().equals(SEARCH)) {
                return subject.choose(visible);
            }
            return subject.terms().isEmpty() || subject.coverage() < ENOUGH
                    ? List.of()
                    : TextSearch.best(subject.found(), subject.choose(visible));
        }

        private Finding found(Subject subject, int count, List<Sentence> sentences) {
            List<Sentence> all = new ArrayList<>(sentences);
            if (sentences.size() == MOST && count > MOST) {
                all.add(Sentence.plain(
                        "There are " + (count - MOST) + " more; ask about a year or a name to see them."));
            }
            if (!subject.missing().isEmpty()) {
                all.add(Sentence.plain("Nothing was found for: " + String.join(", ", subject.missing()) + "."));
            }
            all.addAll(notes());
            return new Finding(
                    Kind.FOUND,
                    plan.intent(),
                    List.copyOf(all),
                    null,
                    subject.coverage(),
                    now,
                    subject.missing().isEmpty() ? List.of() : looked());
        }

        private Finding nothing(Subject subject, int others) {
            String about = subject.terms().isEmpty()
                    ? ""
                    : " about “"
                            + subject.terms().stream().map(Terms.Term::word).collect(Collectors.joining(" ")) + "”";
            if (plan.intent().equals(SEARCH) && !subject.found().isEmpty()) {
                return notUnderstood(subject, about);
            }
            List<Sentence> all = new ArrayList<>(List.of(Sentence.plain("Not found in your record as of "
                    + now.atOffset(ZoneOffset.UTC).toLocalDate() + ": no " + plan.nothing() + about
                    + ". That it is not there does not mean that it never was.")));
            if (others > 0 && !plan.intent().equals(SEARCH) && !subject.terms().isEmpty()) {
                all.add(Sentence.plain("It has " + others + " of this kind about other things."));
            }
            all.addAll(notes());
            return new Finding(Kind.NOT_FOUND, plan.intent(), List.copyOf(all), null, 0, now, looked());
        }

        /** Words that are there in other connections are not told to be missing. */
        private Finding notUnderstood(Subject subject, String about) {
            List<Sentence> all =
                    new ArrayList<>(List.of(Sentence.plain("The question was not understood: nothing in your record is"
                            + about + " as a whole. There is something about “"
                            + subject.found().stream().map(Terms.Term::word).collect(Collectors.joining("”, “"))
                            + "”: ask about that alone.")));
            all.addAll(notes());
            return new Finding(Kind.NOT_FOUND, SEARCH, List.copyOf(all), null, 0, now, looked());
        }

        private List<Looked> looked() {
            return plan.areas().stream()
                    .filter(area -> !closed.contains(area))
                    .map(area -> new Looked(area.name(), area.openness(sources.reach(), view) == Openness.OPEN))
                    .toList();
        }

        /** What was not looked at, whether or not there is any. */
        private List<Sentence> notes() {
            List<Area> partly = plan.areas().stream()
                    .filter(area -> area.openness(sources.reach(), view) == Openness.PARTLY)
                    .toList();
            List<Sentence> notes = new ArrayList<>();
            if (!closed.isEmpty()) {
                notes.add(Sentence.plain(
                        "Not looked at, since your access does not open it: " + words(closed.stream()) + "."));
            }
            if (!partly.isEmpty()) {
                notes.add(Sentence.plain("Your access opens only a part of: " + words(partly.stream()) + "."));
            }
            return notes;
        }
    }

    private static Stream<Source> sourcesOf(Entry entry) {
        return Stream.concat(Stream.of(entry.source()), entry.telling().sources());
    }
}
