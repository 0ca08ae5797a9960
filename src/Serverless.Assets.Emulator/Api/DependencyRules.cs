using System.Text.RegularExpressions;

namespace Serverless.Assets.Emulator.Api;

/// <summary>The dependencies of a Build.</summary>
/// <param name="IsTooOld">Whether the runtime does not support the runtime handler, so the Build fails.</param>
internal sealed record ResolvedDependencies(Dependency[] Packages, bool IsTooOld);

/// <summary>
/// Which dependencies a Build can have. The emulator has no package registry: it knows the major versions of the
/// service's own packages, and accepts any valid version of other packages that the settings do not withdraw.
/// </summary>
internal static partial class DependencyRules
{
    private const string Handler = "@twilio/runtime-handler";

    /// <summary>The packages that the service adds unless the client names them.</summary>
    private static readonly Dependency[] Added = [new("twilio", "5.3.0"), new(Handler, "2.0.1")];

    /// <summary>The oldest handler that node24 supports.</summary>
    private static readonly Version Node24Handler = new(2, 1, 2);

    /// <summary>The oldest handler that the service replaces by <see cref="Node24Handler"/>.</summary>
    private static readonly Version OldestReplaced = new(1, 2, 0);

    /// <summary>Checks the packages, and adds and replaces those of the service.</summary>
    /// <param name="withdrawn"><c>name@version</c>, separated by commas; null: none.</param>
    /// <exception cref="ApiException">A version does not exist.</exception>
    public static ResolvedDependencies Resolve(IReadOnlyList<Dependency> requested, string runtime, string? withdrawn)
    {
        var missing = requested.FirstOrDefault(package => !Exists(package, withdrawn));
        if (missing is not null)
        {
            throw ApiException.Invalid(
                "Some dependencies could not be validated. No matching version found for "
                    + $"{Sanitize(missing.Name)}@{Sanitize(missing.Version)}"
            );
        }

        Dependency[] all =
        [
            .. requested,
            .. Added.Where(added => requested.All(dependency => dependency.Name != added.Name)),
        ];
        return runtime == "node24"
            ? new ResolvedDependencies([.. all.Select(RaiseHandler)], all.Any(IsTooOld))
            : new ResolvedDependencies(all, IsTooOld: false);
    }

    private static bool Exists(Dependency package, string? withdrawn)
    {
        if (
            !Name().IsMatch(package.Name)
            || !Range().IsMatch(package.Version)
            || (withdrawn?.Split(',').Contains($"{package.Name}@{package.Version}") ?? false)
        )
        {
            return false;
        }

        return ParseExact(package.Version) is not { } version
            || package.Name switch
            {
                "twilio" => version.Major is >= 2 and <= 5,
                Handler => version.Major is 1 or 2,
                _ => true,
            };
    }

    private static Dependency RaiseHandler(Dependency package) =>
        package.Name == Handler
        && ParseExact(package.Version) is { } version
        && version >= OldestReplaced
        && version < Node24Handler
            ? package with
            {
                Version = Node24Handler.ToString(),
            }
            : package;

    private static bool IsTooOld(Dependency package) =>
        package.Name == Handler && ParseExact(package.Version) is { } version && version < OldestReplaced;

    /// <returns>Null for a range, a tag or a pre-release.</returns>
    private static Version? ParseExact(string version) =>
        Exact().IsMatch(version) && Version.TryParse(version, out var parsed) ? parsed : null;

    private static string Sanitize(string text)
    {
        var printable = string.Concat(text.Take(100).Select(c => char.IsControl(c) ? '?' : c));
        return text.Length <= 100 ? printable : $"{printable}…";
    }

    [GeneratedRegex(@"\A(@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]{0,213}\z", RegexOptions.IgnoreCase)]
    private static partial Regex Name();

    /// <summary>A version, a range or a tag of npm, such as <c>1.2.3</c>, <c>^1.2 || 2.x</c> or <c>latest</c>.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9.*^~<>=| +_-]{1,200}\z")]
    private static partial Regex Range();

    [GeneratedRegex(@"\A\d+\.\d+\.\d+\z")]
    private static partial Regex Exact();
}
