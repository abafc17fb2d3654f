package org.holovitals.server.analyses;

import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.holovitals.server.analyses.Sealing.Place;
import org.holovitals.server.base.Ids;
import org.holovitals.server.egress.Departed;
import org.holovitals.server.egress.Gateway;
import org.holovitals.server.egress.Inquiry;
import org.holovitals.server.egress.Inquiry.Told;
import org.holovitals.server.egress.Inquiry.Whose;
import org.holovitals.server.egress.Interactions;
import org.holovitals.server.egress.Interactions.Interaction;
import org.holovitals.server.egress.Interactions.Sitting;
import org.holovitals.server.models.EgressMode;
import org.holovitals.server.models.LanguageModel.Pieces;
import org.holovitals.server.models.Model;
import org.holovitals.server.models.Models;
import org.holovitals.server.models.Reply.Answered;
import org.holovitals.server.models.Reply.Failed;
import org.holovitals.server.models.Reply.Finish;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Has a language model read the parts of a record. A line of its answer counts as checked when the statements that it cites
 * are there and hold all of its numbers. Of an answer that was cut the whole lines count: what was written is paid.
 */
final class ModelAnalyst implements Analyst {
    private static final String PURPOSE = "analysis";
    private static final Pattern MARKS = Pattern.compile("\\s*\\[\\s*(\\d{1,6}(?:\\s*[,;]\\s*\\d{1,6})*)\\s*]");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");

    private final Models models;
    private final Gateway gateway;
    private final Interactions interactions;
    private final Tools tools;

    ModelAnalyst(Models models, Gateway gateway, Interactions interactions, Tools tools) {
        this.models = models;
        this.gateway = gateway;
        this.interactions = interactions;
        this.tools = tools;
    }

    /** What is kept of a call is kept with these. */
    record Tools(Sealing sealing, TransactionOperations transactions, Ids ids, Clock clock) {}

    /** The patient does not let text leave for the model any more. */
    static final class NotPermitted extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The model did not answer; a later attempt may be luckier. */
    static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoAnswer(Failed failed) {
            super(failed.failure().name());
        }
    }

    @Override
    public boolean answersWith(String provider, String model) {
        return models.priced(provider, model).isPresent();
    }

    @Override
    public Extract answer(Asked asked) throws InterruptedException {
        if (asked.isOutline()) {
            return new Extract(List.of(), 0, 0);
        }
        Model model = models.priced(asked.about().provider(), asked.model()).orElseThrow();
        Whose whose = asked.about().whose();
        EgressMode mode = gateway.permitted(model, whose.record());
        if (!mode.permitsText()) {
            throw new NotPermitted();
        }
        UUID interaction = tools.ids().next();
        Inquiry inquiry = new Inquiry(
                model,
                mode,
                whose,
                asked.question(),
                asked.content(),
                new Inquiry.Place(PURPOSE, "analysis_queue", asked.about().task(), true));
        Told told = gateway.ask(inquiry, departed -> keep(asked, interaction, departed), Pieces.NOBODY);
        tools.transactions().executeWithoutResult(status -> settle(told, interaction, whose));
        if (told.reply() instanceof Failed failed) {
            throw new NoAnswer(failed);
        }
        Answered answered = (Answered) told.reply();
        return new Extract(
                findings(told.restore().apply(whole(answered)), asked.content()),
                answered.usage().inputTokens(),
                answered.usage().outputTokens());
    }

    private void keep(Asked asked, UUID interaction, Departed departed) {
        Whose whose = asked.about().whose();
        UUID task = asked.about().task();
        interactions.begin(
                new Sitting(task, PURPOSE, whose.user(), whose.record()),
                tools.clock().instant());
        interactions.add(
                task,
                new Interaction(
                        interaction,
                        tools.sealing().seal(whose.record(), place("query", interaction), departed.text()),
                        null,
                        List.of(),
                        departed.model().model(),
                        null),
                departed,
                tools.clock().instant());
    }

    private void settle(Told told, UUID interaction, Whose whose) {
        var unused = gateway.settle(told);
        if (told.reply() instanceof Answered answered) {
            interactions.answer(
                    interaction,
                    tools.sealing().seal(whose.record(), place("response", interaction), answered.text()),
                    null);
        }
    }

    private static Place place(String column, UUID row) {
        return new Place("ai_interactions." + column, row);
    }

    /** Without a last line that was cut. */
    private static String whole(Answered answered) {
        String text = answered.text();
        return answered.finish() == Finish.COMPLETE ? text : text.substring(0, text.lastIndexOf('\n') + 1);
    }

    static List<Finding> findings(String text, String content) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> finding(line, content))
                .filter(finding -> !finding.citations().isEmpty())
                .toList();
    }

    private static Finding finding(String line, String content) {
        List<Integer> citations = MARKS.matcher(line)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split("\\D+")))
                .map(Integer::valueOf)
                .distinct()
                .toList();
        String text = MARKS.matcher(line).replaceAll("").strip();
        List<String> cited = citations.stream()
                .flatMap(citation -> content.lines().flatMap(said -> said(said, citation).stream()))
                .toList();
        boolean areThere = citations.stream().allMatch(citation -> content.contains("[" + citation + "]"));
        return new Finding(
                text, citations, areThere && numbers(String.join(" ", cited)).containsAll(numbers(text)));
    }

    /** What a line says under a number, with its heading. */
    private static List<String> said(String line, int citation) {
        String heading = line.substring(0, Math.max(0, line.indexOf(": ")));
        return Arrays.stream(line.split("(?<=]); "))
                .filter(each -> each.contains("[" + citation + "]"))
                .map(each -> heading + " " + each)
                .toList();
    }

    private static Set<String> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(digits -> digits.replaceFirst("^0+(?=\\d)", ""))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
