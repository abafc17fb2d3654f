package org.holovitals.server.command;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.holovitals.server.leaks.LeakMatrix;
import org.holovitals.server.leaks.LeakPlan;
import org.holovitals.server.leaks.LeakReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leaks}: asks a running server for what its callers may not see. */
@Command(
        name = "leaks",
        mixinStandardHelpOptions = true,
        description = "Ask a running FHIR server for records that its callers may not see.",
        exitCodeList = {"0:nothing came through", "1:something came through, or the plan cannot be run"},
        exitCodeListHeading = "%nExit codes:%n",
        footer = {
            "",
            "The plan is a JSON file:",
            "  {\"base\": \"http://127.0.0.1:8080/fhir\",",
            "   \"service\": \"TOKEN of a backend service, which makes the records and removes them\",",
            "   \"patients\": [\"ID\", \"ANOTHER\"],",
            "   \"callers\": [{\"name\": \"an app\", \"token\": \"TOKEN\", \"sees\": [\"ID\"]}],",
            "   \"cases\": 6000, \"seed\": 1}",
            "",
            "A caller who sees parts of these records only has \"hiddenTypes\": [\"MedicationRequest\"], too.",
            "The patients need an identifier; use patients whom nobody treats. Without \"cases\" all of them",
            "are run. A token has to live as long as the run: raise the realm's access token lifespan for it."
        })
final class LeaksCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "PLAN", description = "file with the plan")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Override
    public Integer call() {
        LeakReport report = new LeakMatrix(plan()).run();
        PrintWriter out = spec.commandLine().getOut();
        report.leaks()
                .forEach(leak -> out.println("LEAK  " + leak.caller() + ": " + leak.request() + ": " + leak.reason()));
        out.println(report.cases() + " cases of " + report.types() + " resource types, "
                + report.leaks().size() + " leaks");
        report.shown().forEach((caller, records) -> out.println(caller + " was shown " + records + " own records"));
        return report.leaks().isEmpty() ? 0 : 1;
    }

    private LeakPlan plan() {
        try {
            return JSON.readValue(file.toFile(), LeakPlan.class);
        } catch (MismatchedInputException e) {
            throw new IllegalArgumentException(file + " is no plan: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read as JSON", e);
        }
    }
}
