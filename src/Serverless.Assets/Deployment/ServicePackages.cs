using System.Globalization;
using System.Text.RegularExpressions;
using Serverless.Assets.Client;

namespace Serverless.Assets.Deployment;

/// <summary>The npm packages of the service itself, which it adds to every Build.</summary>
internal static partial class ServicePackages
{
    private const string Handler = "@twilio/runtime-handler";

    /// <summary>The first runtime for which the service raises the version of the runtime handler.</summary>
    private const int FirstRaisingRuntime = 24;

    /// <summary>Older handlers are not raised: such a Build fails.</summary>
    internal static readonly Version OldestRaised = new(1, 2, 0);

    /// <summary>The oldest handler that these runtimes support.</summary>
    private static readonly Version OldestSupported = new(2, 1, 2);

    /// <summary>Whether the service adds a package to Builds that are requested without it.</summary>
    public static bool IsAdded(string name) => name is "twilio" or Handler;

    /// <summary>
    /// Whether the service uses a newer version of the runtime handler than the requested one, because the runtime
    /// requires it.
    /// </summary>
    /// <param name="actual">The version in the Build.</param>
    public static bool IsRaised(DependencyResource requested, string? actual, string? runtime) =>
        requested.Name == Handler
        && ParseRuntime(runtime) >= FirstRaisingRuntime
        && ParseVersion(requested.Version) is { } before
        && before >= OldestRaised
        && before < OldestSupported
        && ParseVersion(actual) >= OldestSupported;

    /// <summary>Finds the package for which a Build fails, because its runtime does not support the version.</summary>
    /// <returns>Null if there is none.</returns>
    public static DependencyResource? FindTooOld(BuildContents contents) =>
        ParseRuntime(contents.Runtime) >= FirstRaisingRuntime
            ? contents.Dependencies.FirstOrDefault(package =>
                package.Name == Handler && ParseVersion(package.Version) is { } version && version < OldestRaised
            )
            : null;

    private static int ParseRuntime(string? runtime) =>
        runtime is ['n', 'o', 'd', 'e', .. var number]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? parsed
            : 0;

    /// <returns>Null for a range, a tag or a pre-release.</returns>
    private static Version? ParseVersion(string? version) =>
        version is not null && Exact().IsMatch(version) && Version.TryParse(version, out var parsed) ? parsed : null;

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Exact();
}
