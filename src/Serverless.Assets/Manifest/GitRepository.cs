using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Manifest;

/// <summary>
/// Asks git about the folder's repository. What git does not know, and everything if it is not installed, takes too
/// long or writes too much, is null. No process is left: each one has ended, or is killed, before a method returns.
/// </summary>
/// <param name="directory">The full path of a folder.</param>
internal sealed class GitRepository(string directory, EngineContext context)
{
    /// <summary>In characters. A commit ID has up to 64; no file system allows a branch with a longer name.</summary>
    private const int MaxAnswer = 4096;

    private const int DiscardedBytes = 4096;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The ID of the commit that is checked out.</summary>
    public Task<string?> FindCommitAsync(CancellationToken cancellationToken) =>
        AskAsync(["rev-parse", "--verify", "HEAD"], cancellationToken);

    /// <summary>The name of the branch that is checked out; null if it is a commit.</summary>
    public Task<string?> FindBranchAsync(CancellationToken cancellationToken) =>
        AskAsync(["symbolic-ref", "--short", "-q", "HEAD"], cancellationToken);

    private async Task<string?> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var git = new Process();
        git.StartInfo = new ProcessStartInfo(context.GitProgram, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        try
        {
            git.Start();
        }
        catch (Exception failure) when (failure is Win32Exception or IOException)
        {
            return null; // git is not installed, or there is no such folder
        }

        using var timeout = new CancellationTokenSource(Timeout, context.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var errors = DiscardAsync(git.StandardError.BaseStream, stop.Token);

            // A program that git started may keep the pipe open after git has ended, and not every read can be canceled.
            var answer = await ReadAsync(git.StandardOutput, stop.Token).WaitAsync(stop.Token).ConfigureAwait(false);
            if (answer is null)
            {
                return null;
            }

            await errors.WaitAsync(stop.Token).ConfigureAwait(false);
            await git.WaitForExitAsync(stop.Token).ConfigureAwait(false);
            return git.ExitCode == 0 && answer.Length > 0 ? answer : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null; // it takes too long
        }
        finally
        {
            await EndAsync(git).ConfigureAwait(false);
        }
    }

    /// <returns>Null if it is too long or can't be read.</returns>
    private static async Task<string?> ReadAsync(StreamReader output, CancellationToken cancellationToken)
    {
        var buffer = new char[MaxAnswer + 1];
        try
        {
            var length = await output.ReadBlockAsync(buffer, cancellationToken).ConfigureAwait(false);
            return length > MaxAnswer ? null : new string(buffer, 0, length).Trim();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            return null; // the process is being ended
        }
    }

    /// <summary>Reads what git writes to standard error, because it waits while the pipe is full.</summary>
    private static async Task DiscardAsync(Stream errors, CancellationToken cancellationToken)
    {
        var buffer = new byte[DiscardedBytes];
        try
        {
            while (await errors.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0) { }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // The process is being ended.
        }
    }

    /// <summary>Kills the process unless it has ended.</summary>
    private async Task EndAsync(Process git)
    {
        try
        {
            git.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has just ended, or it runs as another user.
        }

        // The system ends a killed process at once, unless it waits for a disk.
        await git.WaitForExitAsync(CancellationToken.None)
            .WaitAsync(Timeout, context.Clock)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        git.StandardOutput.Dispose();
        git.StandardError.Dispose();
    }
}
