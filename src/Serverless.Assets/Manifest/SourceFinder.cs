using Serverless.Assets.Settings;

namespace Serverless.Assets.Manifest;

/// <summary>
/// Finds out in the background where the assets come from: from the CI variables, otherwise from git. What is unknown
/// is null.
/// </summary>
internal sealed class SourceFinder : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task<ManifestSource> _source;

    private SourceFinder(string directory, EngineContext context, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _source = FindAsync(new GitRepository(directory, context), context.GetEnvironmentVariable, _stop.Token);
    }

    /// <param name="directory">The full path of the project folder.</param>
    public static SourceFinder Start(string directory, EngineContext context, CancellationToken cancellationToken) =>
        new(directory, context, cancellationToken);

    public Task<ManifestSource> GetAsync() => _source;

    /// <summary>Ends git, if it is still running.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)_source).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    /// <param name="environment">Reads a variable.</param>
    internal static async Task<ManifestSource> FindAsync(
        GitRepository git,
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
        var foundCommit = commit is null ? git.FindCommitAsync(cancellationToken) : Task.FromResult<string?>(commit);
        var foundBranch = branch is null ? git.FindBranchAsync(cancellationToken) : Task.FromResult<string?>(branch);
        await Task.WhenAll(foundCommit, foundBranch).ConfigureAwait(false);
        return new ManifestSource(
            await foundCommit.ConfigureAwait(false),
            await foundBranch.ConfigureAwait(false),
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
}
