using System.Text;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Settings;
using Spectre.Console;

namespace Serverless.Assets.Cli;

/// <summary>The environment of the program. Results go to standard output, everything else to standard error.</summary>
/// <param name="GetEnvironmentVariable">Reads an environment variable; null if it is not set.</param>
/// <param name="CurrentDirectory">A full path. The base of relative paths on the command line.</param>
internal sealed record CliConsole(
    TextWriter Out,
    IAnsiConsole Error,
    Func<string, string?> GetEnvironmentVariable,
    string CurrentDirectory
)
{
    /// <summary>For tests: replaces the engine context.</summary>
    public Func<IAssetLogger, EngineContext>? ContextFactory { get; init; }

    /// <summary>Whether standard error is a terminal that can show a progress bar.</summary>
    public bool IsInteractive { get; init; }

    public static CliConsole FromProcess()
    {
        var isTerminal = !Console.IsErrorRedirected;
        var error = ErrorConsole.Create(
            new AnsiConsoleOutput(
                isTerminal ? Console.Error : Utf8(new GuardedStream(Console.OpenStandardError(), Discard))
            ),
            isTerminal,
            canAsk: isTerminal && !Console.IsInputRedirected,
            Environment.GetEnvironmentVariable
        );
        return new CliConsole(
            Console.IsOutputRedirected
                ? Utf8(new GuardedStream(Console.OpenStandardOutput(), ReportUnwritable))
                : Console.Out,
            error,
            Environment.GetEnvironmentVariable,
            Directory.GetCurrentDirectory()
        )
        {
            IsInteractive = ErrorConsole.IsInteractive(error, isTerminal, Environment.GetEnvironmentVariable),
        };
    }

    public EngineContext CreateContext(IAssetLogger logger) =>
        ContextFactory is null
            ? new EngineContext
            {
                Logger = logger,
                GetEnvironmentVariable = GetEnvironmentVariable,
                LockDirectory = LockFolder.UserFolder,
            }
            : ContextFactory(logger);

    private static void ReportUnwritable(Exception failure) =>
        throw new AssetException(StateDiagnostics.OutputNotWritable(failure.Message), failure);

    /// <summary>There is no place to report that messages can't be written.</summary>
    private static void Discard(Exception failure) { }

    /// <summary>Redirected output is UTF-8, the encoding of JSON, regardless of the terminal's encoding.</summary>
    private static StreamWriter Utf8(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
}
