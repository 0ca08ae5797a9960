namespace Serverless.Assets.Reporting;

/// <summary>A part of a run: <c>upload</c>, <c>build</c>, <c>deploy</c>. Times are from the start of the run.</summary>
internal readonly record struct RunPhase(string Operation, TimeSpan Started, TimeSpan Ended);
