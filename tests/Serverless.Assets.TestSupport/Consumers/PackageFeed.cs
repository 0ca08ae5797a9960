using System.Globalization;

namespace Serverless.Assets.TestSupport;

/// <summary>A feed with the package of the MSBuild tasks.</summary>
public sealed class PackageFeed()
    : PackedProject(
        "src/Serverless.Assets.Build",
        string.Create(CultureInfo.InvariantCulture, $"0.{Random.Shared.Next()}.{Random.Shared.Next()}")
    )
{
    /// <summary>The user's package folder, whose packages need not be downloaded again.</summary>
    public static string OfMachine { get; } =
        Directory
            .CreateDirectory(
                Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
                    ? named
                    : Path.Combine(
                        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                        ".nuget",
                        "packages"
                    )
            )
            .FullName;
}
