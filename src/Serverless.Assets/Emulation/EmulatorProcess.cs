using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Emulation;

/// <summary>The result of starting an emulator.</summary>
/// <param name="Process">The process; null if another emulator uses the data folder.</param>
/// <param name="Problem">The message of the emulator about the other one.</param>
internal sealed record EmulatorStart(Process? Process, string Problem = "");

/// <summary>Starts the emulator as a process that serves everyone until no run uses it.</summary>
internal static class EmulatorProcess
{
    private const string Ready = "listening on ";
    private const int InUse = 3;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(5);

    /// <exception cref="AssetException">The emulator did not start.</exception>
    public static async Task<EmulatorStart> StartAsync(
        EmulatorProgram program,
        string dataDirectory,
        int port,
        CancellationToken cancellationToken
    )
    {
        Process? process = null;
        try
        {
            process = Process.Start(program.CreateStartInfo(dataDirectory, port, "--until-unused"))!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(StartTimeout);
            while (await process.StandardOutput.ReadLineAsync(timeout.Token).ConfigureAwait(false) is { } line)
            {
                if (line.StartsWith(Ready, StringComparison.Ordinal))
                {
                    return new EmulatorStart(process);
                }
            }

            var error = (await errors.WaitAsync(timeout.Token).ConfigureAwait(false)).Trim();
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            if (process.ExitCode == InUse)
            {
                process.Dispose();
                return new EmulatorStart(Process: null, error);
            }

            throw CreateFailure(program, dataDirectory, error.Length > 0 ? error : "it ended without a message");
        }
        catch (Win32Exception failure)
        {
            throw CreateFailure(program, dataDirectory, failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Kill(process);
            throw CreateFailure(
                program,
                dataDirectory,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it did not listen within {StartTimeout.TotalSeconds:0} seconds"
                )
            );
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            throw;
        }
    }

    /// <summary>Runs the emulator until the token is canceled. It also stops when this process is killed.</summary>
    /// <param name="onReady">Receives its address, such as <c>http://127.0.0.1:5005</c>.</param>
    /// <exception cref="AssetException">The emulator did not start, or it ended by itself.</exception>
    public static async Task ServeAsync(
        EmulatorProgram program,
        string dataDirectory,
        Action<string> onReady,
        CancellationToken cancellationToken
    )
    {
        Process process;
        try
        {
            process = Process.Start(program.CreateStartInfo(dataDirectory, port: 0, "--until-input-closes"))!;
        }
        catch (Win32Exception failure)
        {
            throw CreateFailure(program, dataDirectory, failure.Message);
        }

        try
        {
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            while (await process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (line.StartsWith(Ready, StringComparison.Ordinal))
                {
                    onReady(line[Ready.Length..]);
                }
            }

            var error = (await errors.WaitAsync(cancellationToken).ConfigureAwait(false)).Trim();
            throw CreateFailure(program, dataDirectory, error.Length > 0 ? error : "it ended without a message");
        }
        finally
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(KillTimeout))
            {
                process.Kill();
                process.WaitForExit();
            }

            process.Dispose();
        }
    }

    public static AssetException CreateFailure(EmulatorProgram program, string dataDirectory, string reason) =>
        new(ConfigurationDiagnostics.EmulatorFailed(program.GetServeCommand(dataDirectory), reason.TrimEnd('.')));

    /// <summary>Waits until it has ended, because it locks its data folder until then.</summary>
    private static void Kill(Process? process)
    {
        process?.Kill();
        process?.WaitForExit(KillTimeout);
        process?.Dispose();
    }
}
