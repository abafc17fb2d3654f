package org.holovitals.server.finder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetyRouterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "I have chest pain|EMERGENCY",
                "My chest hurts and my arm is numb|EMERGENCY",
                "There is a pressure on my chest|EMERGENCY",
                "i cant breathe|EMERGENCY",
                "I can't breathe|EMERGENCY",
                "I have trouble breathing since this morning|EMERGENCY",
                "Am I having a stroke?|EMERGENCY",
                "My husband collapsed|EMERGENCY",
                "the bleeding will not stop|EMERGENCY",
                "I took too many pills|EMERGENCY",
                "My throat is closing up|EMERGENCY",
                "I overdosed on paracetamol|EMERGENCY",
                "I want to kill myself|SELF_HARM",
                "I don't want to live anymore|SELF_HARM",
                "Sometimes I think about suicide|SELF_HARM",
                "I am hurting myself|SELF_HARM",
                "I'd be better off dead|SELF_HARM",
                "How much ibuprofen can I take?|DOSING",
                "How many tablets of aspirin should I take a day?|DOSING",
                "What is the maximum dose of metformin?|DOSING",
                "Can I double my lisinopril dose?|DOSING",
                "I missed my insulin dose|DOSING",
                "How often can I use the inhaler?|DOSING",
                "How much of my prescribed oxycodone can I take?|DOSING",
                "Should I stop taking lisinopril?|TREATMENT",
                "should i take aspirin|TREATMENT",
                "Can I drink alcohol with antibiotics?|TREATMENT",
                "Do I need surgery?|TREATMENT",
                "Is it safe to fly?|TREATMENT",
                "What should I do about my blood pressure?|TREATMENT",
                "Does simvastatin interact with grapefruit?|TREATMENT",
                "How do I lower my cholesterol?|TREATMENT",
                "What are the side effects of atenolol?|TREATMENT",
                "What is wrong with me?|DIAGNOSIS",
                "Could this be cancer?|DIAGNOSIS",
                "Am I pregnant?|DIAGNOSIS",
                "Do you think I have lupus?|DIAGNOSIS",
                "Is my potassium normal?|DIAGNOSIS",
                "Why am I so tired?|DIAGNOSIS",
                "I have a rash on my arm|DIAGNOSIS",
                "What do my results mean?|DIAGNOSIS"
            })
    void whatNoRecordAnswersIsFound(String question, Danger danger) {
        assertThat(SafetyRouter.danger(Words.of(question))).contains(danger);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What medications am I taking?",
                "How many medications do I take?",
                "What dose of lisinopril was I prescribed?",
                "When did I start taking simvastatin?",
                "Do I have allergies?",
                "What was my last blood pressure?",
                "Has anyone in my family had a stroke?",
                "When was my heart attack?",
                "When was my last chest x-ray?",
                "Was I ever diagnosed with cancer?",
                "Do I have diabetes?",
                "Can I have my lab results?",
                "Can I see my vaccinations?",
                "How has my weight changed?",
                "Which results are out of range?",
                "When was my last flu shot?",
                "What did the urine culture show?",
                "When was I last in hospital?"
            })
    void whatARecordAnswersIsLetThrough(String question) {
        assertThat(SafetyRouter.danger(Words.of(question))).isEmpty();
    }
}
