namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// The service's limits. Lengths are in characters, sizes in bytes. The numbers of Services, Environments and versions
/// in a Build are from an earlier edition of the service's documentation; the current one no longer lists them.
/// </summary>
internal static class ServiceLimits
{
    /// <summary>Per account.</summary>
    public const int MaxServices = 50;

    /// <summary>Per Service.</summary>
    public const int MaxEnvironments = 25;

    public const int MaxServiceNameLength = 50;

    public const int MaxEnvironmentNameLength = 100;

    public const int MaxFriendlyNameLength = 255;

    public const int MaxDomainSuffixLength = 16;

    public const int MaxVariableKeyLength = 128;

    /// <summary>In UTF-8.</summary>
    public const int MaxVariableValueSize = 450;

    /// <summary>Includes the leading slash.</summary>
    public const int MaxPathLength = 255;

    /// <summary>Of the content of a public or protected version.</summary>
    public const long MaxPublicOrProtectedSize = 25 * 1024 * 1024;

    /// <summary>Of the content of a private version.</summary>
    public const long MaxPrivateSize = 10 * 1024 * 1024;

    /// <summary>Per Build, public and protected Asset Versions together.</summary>
    public const int MaxPublicAndProtectedAssets = 1000;

    /// <summary>Per Build.</summary>
    public const int MaxPrivateAssets = 50;

    /// <summary>Per Build.</summary>
    public const int MaxFunctions = 50;

    /// <summary>Items on a page if the request has no <c>PageSize</c>.</summary>
    public const int DefaultPageSize = 50;

    public const int MaxPageSize = 1000;
}
