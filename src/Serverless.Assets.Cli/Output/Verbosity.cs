namespace Serverless.Assets.Cli.Output;

/// <summary>How much is said besides the result.</summary>
internal enum Verbosity
{
    /// <summary>Warnings and errors.</summary>
    Quiet,

    /// <summary>What happened, in a few lines.</summary>
    Normal,

    /// <summary>A line for each file.</summary>
    Detailed,

    /// <summary>A line for each request, too.</summary>
    Diagnostic,
}
