namespace Serverless.Assets.Settings;

/// <summary>One profile of the Twilio CLI. No record: it would print the secret.</summary>
internal sealed class TwilioCliProfile
{
    /// <summary>Its shorthand.</summary>
    public required string Name { get; init; }

    /// <summary><c>SK…</c>; null: it is in the key chain of the system, with its secret.</summary>
    public string? ApiKey { get; init; }

    public string? ApiSecret { get; init; }

    /// <summary>Such as <c>ie1</c>; null: the default one.</summary>
    public string? Region { get; init; }
}
