namespace Serverless.Assets.Api;

/// <summary>What a failed request tells about its effect.</summary>
internal enum ApiFailure
{
    /// <summary>429: not processed, may be sent again.</summary>
    Throttled,

    /// <summary>The host could not be reached, so it was not processed; may be sent again.</summary>
    Unreachable,

    /// <summary>The host's name is unknown: sending again would not help.</summary>
    UnknownHost,

    /// <summary>No trusted connection (TLS): sending again would not help.</summary>
    Insecure,

    /// <summary>5xx, a cut connection, a broken answer or none: it may or may not have been processed.</summary>
    Ambiguous,

    /// <summary>The service said no.</summary>
    Refused,
}
