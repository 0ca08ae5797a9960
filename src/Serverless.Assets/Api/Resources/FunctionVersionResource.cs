namespace Serverless.Assets.Api;

/// <summary>A Function Version as a Build lists it.</summary>
internal sealed record FunctionVersionResource
{
    public required string Sid { get; init; }

    public string? FunctionSid { get; init; }

    public string? Path { get; init; }
}
