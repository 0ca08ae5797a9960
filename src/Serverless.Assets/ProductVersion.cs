using System.Reflection;

namespace Serverless.Assets;

/// <summary>How the product names itself: to the service in the User-Agent, in the manifest as the generator.</summary>
internal static class ProductVersion
{
    public const string Name = "Serverless.Assets.Build";

    /// <summary>Semantic version without build metadata, such as <c>1.2.3-preview.1</c>.</summary>
    public static string Number { get; } =
        typeof(ProductVersion)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
