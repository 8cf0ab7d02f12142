package dev.deskpost.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code java -jar deskpost.jar COMMAND}: what is asked of a service that runs already. */
@Command(
        name = "deskpost",
        description = "Asks a running Deskpost, or tells it something. 'deskpost' stands for 'java -jar deskpost.jar';"
                + " without a command that starts the service, and takes its properties: --server.port=8081.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StatusCommand.class,
            SendCommand.class,
            TailCommand.class,
            RetryCommand.class,
            RecipientsCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:All is well.",
            " 1:The answer is bad news: not delivered, or a person is needed.",
            " 2:The command line is wrong.",
            " 3:The service refused it, and says why.",
            " 4:The service cannot be reached.",
            " 5:There is no token, or it is wrong.",
            "70:A fault of the command itself.",
            "130:Ended with Ctrl-C."
        })
public final class Commands {

    /** What the first system's users type. */
    private static final String QUEUE_STATUS = "--queue-status";

    private static final Set<String> FIRST = Set.of(QUEUE_STATUS, "-h", "--help", "-V", "--version");

    Commands() {}

    /**
     * Whether these arguments are for a command. All that the service takes begins with a dash, so a word anywhere is of
     * somebody who meant one, if only with a slip.
     */
    public static boolean areMeantBy(String... arguments) {
        return Arrays.stream(arguments)
                        .anyMatch(argument ->
                                (!argument.isEmpty() && !argument.startsWith("-")) || argument.equals(QUEUE_STATUS))
                || (arguments.length > 0 && FIRST.contains(arguments[0]));
    }

    /**
     * Called by its name: by whom is in {@code DeskpostApplication}.
     *
     * @return the exit code
     */
    public static int run(String version, String[] arguments) {
        List<String> given = new ArrayList<>(Arrays.asList(arguments));
        if (given.get(0).isEmpty() || (given.get(0).startsWith("-") && !FIRST.contains(given.get(0)))) {
            Terminal.ofProcess(false)
                    .remark("deskpost: the command comes first, its options follow: deskpost status --json\n"
                            + "Without a command the service starts; its properties are written --name=value");
            return ExitCodes.USAGE;
        }
        if (given.get(0).equals(QUEUE_STATUS)) {
            given.set(0, "status");
        }
        CommandLine commands = new CommandLine(new Commands())
                .setExpandAtFiles(false) // A text may begin with '@'.
                .setParameterExceptionHandler(Commands::onWrongUsage)
                .setExecutionExceptionHandler(Commands::onException);
        commands.getCommandSpec().version("Deskpost " + version);
        try {
            return commands.execute(given.toArray(String[]::new));
        } catch (Error e) {
            return fault(e); // Picocli lets them pass, and the JVM would end with 1: bad news of the service.
        }
    }

    /** What was not understood is not quoted whole: it may be the token behind a misspelt option. */
    private static int onWrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String message = e instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : e.getMessage();
        Terminal terminal = Terminal.ofProcess(false);
        terminal.remark("deskpost: " + message);
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        terminal.remark("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.USAGE;
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String first = e.getUnmatched().get(0);
        if (first.startsWith("-")) {
            return "there is no option " + first.split("=", 2)[0];
        }
        return e.getCommandLine().getParent() == null
                ? "there is no command '" + first + "'"
                : "there is an argument too many; a text with blanks needs quotes";
    }

    private static int onException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof GivenUp givenUp) {
            Terminal.ofProcess(false).remark("deskpost: " + givenUp.reason());
            return givenUp.exitCode();
        }
        return fault(e);
    }

    private static int fault(Throwable e) {
        Terminal terminal = Terminal.ofProcess(false);
        terminal.remark("deskpost: a fault of this command, please report it: " + e);
        Arrays.stream(e.getStackTrace()).forEach(line -> terminal.remark("    at " + line));
        return ExitCodes.FAULT;
    }
}
