using System.Reflection;

namespace Serverless.Assets.Settings;

/// <summary>The product name and version, used in the User-Agent header and as the manifest's generator.</summary>
internal static class ProductVersion
{
    public const string Name = "Serverless.Assets.Build";

    /// <summary>The semantic version without build metadata, such as <c>1.2.3-preview.1</c>.</summary>
    public static string Number { get; } =
        typeof(ProductVersion)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
