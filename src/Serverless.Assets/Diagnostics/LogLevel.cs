namespace Serverless.Assets.Diagnostics;

public enum LogLevel
{
    /// <summary>What a person wants to read of every run: one line, or a small table.</summary>
    Summary,

    /// <summary>Now and then while a long run goes on.</summary>
    Progress,

    /// <summary>A line for each file.</summary>
    Detail,

    /// <summary>A line for each request and answer, without secrets.</summary>
    Trace,
}
