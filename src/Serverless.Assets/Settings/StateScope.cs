using System.Security.Cryptography;
using System.Text;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Settings;

/// <summary>
/// The part of a shared state that a run writes to. The run of a pull request decides what is uploaded, so others must
/// not use it: it reads the default scope and its own, and writes only to its own.
/// </summary>
/// <param name="Name">1 to 64 letters, digits, dots, underscores and dashes.</param>
internal sealed record StateScope(string Name)
{
    private const int MaxLength = 64;

    public static StateScope Default { get; } = new("default");

    /// <summary>
    /// The variables in which CI systems pass the number of the pull request, and what precedes it in the name of the
    /// scope. Some pass <c>false</c> if there is none.
    /// </summary>
    private static readonly (string Variable, string Prefix)[] PullRequests =
    [
        ("SYSTEM_PULLREQUEST_PULLREQUESTID", "pr"), // Azure Pipelines
        ("CI_MERGE_REQUEST_IID", "mr"), // GitLab
        ("BITBUCKET_PR_ID", "pr"),
        ("BUILDKITE_PULL_REQUEST", "pr"),
        ("TRAVIS_PULL_REQUEST", "pr"),
        ("APPVEYOR_PULL_REQUEST_NUMBER", "pr"),
        ("CHANGE_ID", "pr"), // Jenkins
    ];

    public bool IsDefault => this == Default;

    /// <param name="problems">Receives an error if the name is not valid.</param>
    public static StateScope Read(SettingValues settings, Func<string, string?> environment, DiagnosticBag problems)
    {
        var name = settings.Get(SettingTable.StateScope);
        if (name.Length == 0)
        {
            return Detect(environment);
        }

        if (!IsValid(name))
        {
            problems.Add(
                ConfigurationDiagnostics.InvalidSetting(
                    SettingTable.StateScope,
                    name,
                    $"1 to {MaxLength} letters, digits, dots, underscores and dashes"
                )
            );
        }

        return new StateScope(name);
    }

    /// <summary>A pull request has its own scope; all other runs use the default one.</summary>
    private static StateScope Detect(Func<string, string?> environment)
    {
        // refs/pull/12/merge; GitHub sets the head branch for pull requests only, also where the ref is that of the base.
        if (environment("GITHUB_HEAD_REF") is { Length: > 0 } head)
        {
            return environment("GITHUB_REF")?.Split('/') is ["refs", "pull", { } number, ..] && IsNumber(number)
                ? new StateScope($"pr-{number}")
                : new StateScope($"pr-{Hash(head)}");
        }

        return PullRequests
                .Select(request =>
                    environment(request.Variable) is { } number && IsNumber(number)
                        ? new StateScope($"{request.Prefix}-{number}")
                        : null
                )
                .FirstOrDefault(scope => scope is not null)
            ?? Default;
    }

    /// <summary>The name of a branch can contain any characters.</summary>
    private static string Hash(string branch) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(branch)))[..16];

    private static bool IsNumber(string text) => text.Length is >= 1 and <= 20 && text.All(char.IsAsciiDigit);

    private static bool IsValid(string name) =>
        name.Length <= MaxLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
