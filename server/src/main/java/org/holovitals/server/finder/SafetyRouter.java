package org.holovitals.server.finder;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the questions that no record answers, before anything is looked up. It rather takes a harmless question for a
 * dangerous one than the other way round.
 */
final class SafetyRouter {
    private static final String ACT =
            "(take|taking|use|using|stop|stopping|quit|start|starting|begin|continue|keep|skip|switch"
                    + "|change|increase|decrease|reduce|double|halve|drop|mix|combine|drink|avoid|try|go off|come off|wean)";

    private static final Map<Danger, List<Pattern>> PATTERNS = patterns();

    private static Map<Danger, List<Pattern>> patterns() {
        Map<Danger, List<Pattern>> patterns = new EnumMap<>(Danger.class);
        patterns.put(
                Danger.SELF_HARM,
                compiled(
                        "suicid\\w*",
                        "(kill|hurt|harm|cut|hang|shoot)(ing)? (myself|me|my self)",
                        "self[- ]?harm\\w*",
                        "end(ing)? (my|it) (own )?(life|all)",
                        "(take|taking) my (own )?life",
                        "(want|wish|like|ready|going) (to )?(die|be dead|disappear forever)",
                        "(do not|no longer|not) want to (live|be alive|wake up)",
                        "better off (dead|without me)",
                        "no reason to live"));
        patterns.put(
                Danger.EMERGENCY,
                compiled(
                        "(chest|heart) (is |feels )?(really |very )?(pain|pains|hurts?|hurting|pressure|tightness|tight)",
                        "(pain|pressure|tightness) (in|on|across) (my |the )?chest",
                        "(can not|unable to|hard to|hardly|difficulty|trouble|struggling to|not able to) (breath\\w*|swallow\\w*)",
                        "(short|shortness) of breath",
                        "(not|stopped) breathing",
                        "chok(e|ing)",
                        "throat (is )?(closing|swelling|swollen shut)",
                        "anaphyla\\w+ (now|right now)|in anaphylaxis",
                        "(having|have|had|get|getting) an? (heart attack|stroke|seizure) (now|right now)",
                        "(am i|i am|i think i am|is (he|she)|he is|she is|be|might be|could be) (having|in) (an? )?"
                                + "(heart attack|stroke|seizure|anaphylaxis|anaphylactic shock)",
                        "face (is )?(drooping|numb)|slurr(ed|ing) (my )?speech|speech is slurred",
                        "(sudden|suddenly) (\\w+ )?(numb|numbness|weakness|blind|confus\\w+|vision loss)",
                        "worst headache",
                        "(bleeding|bleed) (a lot|heavily|badly|out|and it will not stop|will not stop)|(severe|heavy|uncontrolled|"
                                + "can not stop the|will not stop) bleeding|(cough|vomit|throw)\\w* (up )?blood",
                        "(unconscious|passed out|unresponsive|collapsed|not waking up|will not wake up)",
                        "overdos\\w+|poisoned|swallowed (bleach|poison|batter\\w+|\\w+ pills)|took (too many|a whole bottle|all my)",
                        "(this is|is this) an emergency|call (911|112|999|an ambulance)"));
        patterns.put(
                Danger.DOSING,
                compiled(
                        "how (much|many) (more )?(?!(different )?(medications?|medicines?|meds|drugs|prescriptions)\\b)((\\S+ ){0,4})"
                                + "(can|should|may|could|do|must|shall|would|is it safe)( \\w+){0,3}"
                                + " (take|give|use|inject|have|need|get|drink|swallow)",
                        "how (much|many) (more )?((\\S+ ){0,4})(is|are) (safe|too much|too many|ok|okay|allowed|enough|lethal)",
                        "(what|which) (is |would be )?(the |a |my )?((\\S+ ){0,3})(max|maximum|safe|right|correct|recommended|lethal"
                                + "|normal|usual|best) ((\\S+ ){0,2})(dose|dosage|amount)",
                        "(max|maximum|lethal|safe) (dose|dosage|amount)",
                        "(what|which) (dose|dosage|amount) (\\S+ ){0,3}(should|can|could|may|must)",
                        "(double|increase|decrease|reduce|lower|raise|halve|adjust|skip|up|split) (\\S+ ){0,3}(dose|dosage|doses|pill"
                                + "|pills|tablet|tablets|insulin)",
                        "(missed|forgot|forgotten|skipped) (\\S+ ){0,3}(dose|doses|pill|pills|tablet|tablets|insulin|medication"
                                + "|medicine)",
                        "(took|taken|take|taking) (two|three|four|five|2|3|4|5|6|10|twice|double|extra|too much|too many)",
                        "how often (can|should|may|could) ",
                        "(is|are|was|were) (\\S+ ){1,4}(too much|too many|too little|enough)\\b",
                        "how (much|many) (\\S+ ){0,4}(a|per|each|every) (day|night|week)\\b"));
        patterns.put(
                Danger.TREATMENT,
                compiled(
                        "(should|shall|must|ought to|can|could|may) (i|we|he|she|my \\w+) (\\w+ ){0,2}" + ACT + "\\b",
                        "(should|shall|must) (i|we|he|she) ",
                        "(do|does|would|will) (i|he|she) (\\w+ )?(need|have) (to (take|start|stop|have|get|see|go|worry)|surgery"
                                + "|an operation|treatment|antibiotics|medication|medicine|insulin|a biopsy)",
                        "(is it|would it be|is this|are these|is that|am i) (\\w+ )?(ok|okay|safe|dangerous|bad|fine|alright|all right"
                                + "|risky|good|better|harmful|allowed)",
                        "(is|are|was) (\\S+ ){1,4}(safe|dangerous|harmful|worth it)",
                        "what (should|can|could|shall) i (do|take|eat|use)\\b",
                        "what (\\w+ )?(medicine|medication|drug|treatment|pill|painkiller)s? (\\w+ ){0,3}(should|can|could|would|is best"
                                + "|helps?|works?)",
                        "(recommend|advise|advice|suggest)\\w*",
                        "interact(s|ion|ions)?\\b",
                        "(together|along) with (alcohol|\\w+) (ok|safe)?",
                        "how (do|can|should) i (treat|cure|fix|get rid|stop|lower|reduce|manage|bring down)",
                        "best (treatment|medicine|medication|cure|way to treat)",
                        "side effects?",
                        "(can|could|may) (i|he|she|we|my \\w+) (have|eat|drink|get) (?!(my|his|her|the|a|an|copies|access|it)\\b)",
                        "(ok|okay|safe|fine|alright|all right|good|bad|dangerous|risky|(a )?problem) (for|with) (me|him|her|us|my)\\b",
                        "what should (my|his|her|the) (\\w+ ){1,4}be\\b",
                        "(shots?|vaccin\\w*|immuni[sz]\\w*|boosters?|jabs?|screenings?|checkups?|tests?) (\\w+ ){0,3}(due|overdue)\\b",
                        "(due|overdue) for (an?|my|any|some|the|another) "));
        patterns.put(
                Danger.DIAGNOSIS,
                compiled(
                        "(what is|what s|whats) (wrong|the matter|going on|happening) (with|w)\\b",
                        "diagnose (me|my|this|it)|make a diagnosis|your diagnosis|what (is|would be) (the|my) diagnosis (for|of|if)",
                        "(could|might|may) (it|this|that|these|i|my \\w+) (\\w+ )?(be|have|mean)",
                        "can (it|this|that|these) (\\w+ )?(be|mean)",
                        "(do you|you) think (i|it|this|that|my)",
                        "(is|are) (it|this|that|these|my \\w+|my \\w+ \\w+) (\\w+ )?(cancer\\w*|serious|normal|malignant|contagious|a sign"
                                + "|infected|life threatening|curable|getting worse|ok|okay|concerning|worrying)",
                        "am i (\\w+ )?(pregnant|dying|sick|ill|going to die|at risk|healthy|diabetic|depressed|contagious|infected)",
                        "will i (\\w+ )?(die|live|get|survive|develop|recover)",
                        "how long (do i have|will i live|have i got)",
                        "what (is |s )?(causing|causes|caused) ",
                        "why (do|does|am|is|are) (i|my|me) (\\w+ ){0,3}(hurt\\w*|feel\\w*|ache\\w*|itch\\w*|tired|dizzy|sick|swollen|numb"
                                + "|bleeding|bleed|coughing|cough|sweat\\w*|weak)",
                        "what (do|does|could|can|might) (my|these|this|the|it) (\\S+ ){0,4}(mean|indicate|suggest)",
                        "(my|i have|i have got|i feel|i am having|i got|i am feeling|there is) (\\w+ ){0,3}(hurts?|aches?|aching|rash"
                                + "|fever|lump|dizzy|nausea|nauseous|vomiting|numb\\b|swollen|itchy|burning|worse)",
                        "what disease|which disease|what illness"));
        return patterns;
    }

    /** Words that ask what the record holds, of what would else be advice on doses. */
    private static final Pattern RECORDED =
            Pattern.compile("\\b(prescribed|prescription|my record|on record|on file|in my chart|recorded)\\b");

    private SafetyRouter() {}

    private static List<Pattern> compiled(String... patterns) {
        return Stream.of(patterns)
                .map(text -> Pattern.compile("\\b(?:" + text + ")"))
                .toList();
    }

    /** The gravest danger of a question; empty where a record may answer it. */
    static Optional<Danger> danger(Words question) {
        return Stream.of(Danger.values())
                .filter(danger -> PATTERNS.getOrDefault(danger, List.of()).stream()
                        .anyMatch(pattern -> pattern.matcher(question.plain()).find()))
                .filter(danger -> danger != Danger.DOSING || !asksForPrescribed(question))
                .findFirst();
    }

    private static boolean asksForPrescribed(Words question) {
        String plain = question.plain();
        return RECORDED.matcher(plain).find()
                && !plain.matches(".*\\b(should|can|may|could|safe|max|maximum|double)\\b.*");
    }
}
