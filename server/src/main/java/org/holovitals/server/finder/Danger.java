package org.holovitals.server.finder;

/** What a question asks for that a record must not answer, with the words that name what to do; the gravest first. */
public enum Danger {
    /** Somebody may harm himself. */
    SELF_HARM(
            "If you are thinking about harming yourself or ending your life, please talk to somebody now: call or text 988 in"
                    + " the United States, call 112 in Europe, or your local emergency number, or go to the nearest"
                    + " emergency department. Do not stay alone with it. This service only looks things up in a record"
                    + " and cannot help with this."),
    /** Somebody may be in danger of life. */
    EMERGENCY(
            "This may be an emergency. Call your local emergency number now (911 in the United States, 112 in Europe) or have"
                    + " somebody take you to the nearest emergency department. Do not wait for an answer here: this service"
                    + " only looks things up in a record."),
    /** How much of something to take. */
    DOSING(
            "How much of a medicine to take, and when, is for your doctor or pharmacist to say, who know your whole situation."
                    + " Please ask them before you change a dose. If too much was taken, call your poison control center"
                    + " (1-800-222-1222 in the United States) or the emergency number now."),
    /** Whether to begin, stop or combine a treatment. */
    TREATMENT(
            "Whether to start, stop, change or combine a treatment is for your doctor or pharmacist to decide with you; a record"
                    + " cannot tell. Please do not change anything before you have asked them. I can look up what your"
                    + " record says about your medications, results and conditions."),
    /** What somebody suffers from. */
    DIAGNOSIS(
            "What symptoms or results mean is for a clinician to judge; a record cannot tell. Please contact your doctor, or an"
                    + " urgent care service if it gets worse, and the emergency number if it is severe. I can look up which"
                    + " conditions and results stand in your record.");

    private final String words;

    Danger(String words) {
        this.words = words;
    }

    /** What to do. */
    public String words() {
        return words;
    }
}
