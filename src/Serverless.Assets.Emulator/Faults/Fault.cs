namespace Serverless.Assets.Emulator.Faults;

/// <summary>
/// The fault of a request. Faults up to <see cref="Rejected"/> occur instead of processing it; the others occur
/// afterwards.
/// </summary>
internal enum Fault
{
    None,
    TooManyRequests,
    Hang,
    Reset,
    Error500,
    Html503,
    Html502,
    ListPage,
    Rejected,
    ResetAfterWork,
    Truncated,
    BrokenJson,
}
