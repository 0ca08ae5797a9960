using System.Runtime.InteropServices;
using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator;

/// <summary>The command line of the emulator, for its own executable and for the <c>serverless-assets</c> tool.</summary>
public static class EmulatorCommand
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int BadUsage = 2;

    /// <summary>All that <see cref="RunAsync"/> takes, for the completion of command lines.</summary>
    public static IReadOnlyList<string> OptionNames { get; } =
    [.. CommandLine.OwnFlags, .. FaultFlags.All.Select(fault => fault.Flag)];

    /// <summary>
    /// Runs an emulator until the token is cancelled, the process is asked to end (Ctrl+C, SIGTERM) or, with
    /// <c>--until-input-closes</c>, standard input ends.
    /// </summary>
    /// <returns>The exit code: 0 stopped, 1 could not start, 2 bad usage.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        if (args.Contains("--help"))
        {
            await output.WriteAsync(CommandLine.Help);
            return Done;
        }

        try
        {
            var options = CommandLine.Parse(args);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
            await using var server = await EmulatorServer.StartAsync(options, ended.Token);
            await output.WriteLineAsync($"listening on {server.BaseAddress.GetLeftPart(UriPartial.Authority)}");
            await output.FlushAsync(CancellationToken.None);
            await server.WaitForShutdownAsync(ended.Token);
            return Done;

            void End(PosixSignalContext signal)
            {
                signal.Cancel = true; // this process ends by itself, in order
                ended.Cancel();
            }
        }
        catch (UsageException problem)
        {
            await error.WriteLineAsync($"{problem.Message} See --help.");
            return BadUsage;
        }
        catch (OperationCanceledException) // asked to end before it was ready
        {
            return Done;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await error.WriteLineAsync(problem.Message);
            return Failed;
        }
    }
}
