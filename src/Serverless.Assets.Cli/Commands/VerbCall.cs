using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Configuration;

namespace Serverless.Assets.Cli.Commands;

/// <summary>What a verb works with.</summary>
/// <param name="Project">Full path of its folder.</param>
internal sealed record VerbCall(
    OptionValues Values,
    string Project,
    AssetHost Host,
    ConsoleLogger Logger,
    bool IsJson,
    CancellationToken Cancellation
);
