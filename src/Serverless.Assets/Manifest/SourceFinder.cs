using System.ComponentModel;
using System.Diagnostics;

namespace Serverless.Assets.Manifest;

/// <summary>
/// Finds out from the CI variables, otherwise from git, where the assets come from. What is unknown is null.
/// </summary>
internal static class SourceFinder
{
    private static readonly TimeSpan GitTimeout = TimeSpan.FromSeconds(5);

    public static async Task<ManifestSource> FindAsync(
        string directory,
        Func<string, string?> environment,
        CancellationToken cancellationToken
    )
    {
        string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;

        var commit = Variable("GITHUB_SHA") ?? Variable("BUILD_SOURCEVERSION") ?? Variable("CI_COMMIT_SHA");
        var branch =
            Variable("GITHUB_HEAD_REF")
            ?? Variable("GITHUB_REF_NAME")
            ?? BranchOf(Variable("BUILD_SOURCEBRANCH"))
            ?? Variable("CI_COMMIT_REF_NAME");
        return new ManifestSource(
            commit
                ?? await GitAsync(directory, ["rev-parse", "--verify", "HEAD"], cancellationToken)
                    .ConfigureAwait(false),
            branch
                ?? await GitAsync(directory, ["symbolic-ref", "--short", "-q", "HEAD"], cancellationToken)
                    .ConfigureAwait(false),
            GitHubRun(Variable) ?? AzureRun(Variable) ?? Variable("CI_PIPELINE_URL")
        );
    }

    private static string? BranchOf(string? reference) =>
        reference?.StartsWith("refs/heads/", StringComparison.Ordinal) == true
            ? reference["refs/heads/".Length..]
            : reference;

    private static string? GitHubRun(Func<string, string?> variable) =>
        variable("GITHUB_SERVER_URL") is { } server
        && variable("GITHUB_REPOSITORY") is { } repository
        && variable("GITHUB_RUN_ID") is { } run
            ? $"{server}/{repository}/actions/runs/{run}"
            : null;

    private static string? AzureRun(Func<string, string?> variable) =>
        variable("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI") is { } collection
        && variable("SYSTEM_TEAMPROJECT") is { } project
        && variable("BUILD_BUILDID") is { } build
            ? $"{collection.TrimEnd('/')}/{Uri.EscapeDataString(project)}/_build/results?buildId={build}"
            : null;

    private static async Task<string?> GitAsync(
        string directory,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    )
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(GitTimeout);
        using var git = new Process
        {
            StartInfo = new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = directory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                CreateNoWindow = true,
            },
        };
        try
        {
            git.Start();
            var errors = git.StandardError.ReadToEndAsync(timeout.Token);
            var output = await git.StandardOutput.ReadToEndAsync(timeout.Token).ConfigureAwait(false);
            await errors.ConfigureAwait(false);
            await git.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            return git.ExitCode == 0 && output.Trim() is { Length: > 0 } answer ? answer : null;
        }
        catch (Exception failure) when (failure is Win32Exception or IOException or DirectoryNotFoundException)
        {
            return null; // git is not installed
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            git.Kill(entireProcessTree: true);
            return null;
        }
    }
}
