namespace Serverless.Assets.Emulator.Faults;

/// <summary>What goes wrong with one request. Those up to <see cref="Rejected"/> come instead of the work, the others after it.</summary>
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
