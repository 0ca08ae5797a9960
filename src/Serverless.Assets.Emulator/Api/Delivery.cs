namespace Serverless.Assets.Emulator.Api;

/// <summary>How an answer leaves.</summary>
internal enum Delivery
{
    Whole,

    /// <summary>The connection is cut in the middle of the body.</summary>
    Cut,

    /// <summary>The connection is cut before the first byte.</summary>
    Never,
}
