package org.holovitals.server.ledger;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Collection;
import java.util.List;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;

/** FHIR's codes of a search as conditions on the words of the log. */
final class CodeClause {
    private static final String OF_ACCOUNT = "a.resource = ? and a.action <> all(?) and a.action not like '$%'";

    private CodeClause() {}

    static Clause action(Token token) {
        AuditEventAction letter = letter(token.code());
        return letter == AuditEventAction.E
                ? new Clause("a.action <> all(?)", array(AuditCodes.actionsBesideE()))
                : new Clause("a.action = any(?)", array(AuditCodes.actionsOf(letter)));
    }

    private static AuditEventAction letter(String code) {
        try {
            return AuditEventAction.fromCode(code);
        } catch (FHIRException e) {
            throw new InvalidRequestException("action is " + code + "; it may be C, R, U, D or E");
        }
    }

    static Clause type(Token token) {
        if (token.isOf(AuditCodes.REST) && token.code().equals("rest")) {
            return new Clause("not (" + OF_ACCOUNT + ")", ofAccount());
        }
        return token.isOf(AuditCodes.DICOM) && token.code().equals("110114")
                ? new Clause(OF_ACCOUNT, ofAccount())
                : Clause.NEVER;
    }

    /** FHIR has a type of the name, too. */
    private static List<Object> ofAccount() {
        return List.of(AuditCodes.ACCOUNT, texts(AuditCodes.interactions()));
    }

    static Clause subtype(Token token) {
        if (token.isOf(AuditCodes.INTERACTIONS) && token.code().equals("operation")) {
            return new Clause("a.action like '$%'", List.of());
        }
        return new Clause("a.action = any(?)", array(AuditCodes.actionsWithSubtype(token.system(), token.code())));
    }

    private static List<Object> array(Collection<String> texts) {
        return List.of((Object) texts(texts));
    }

    private static String[] texts(Collection<String> texts) {
        return texts.stream().sorted().toArray(String[]::new);
    }
}
