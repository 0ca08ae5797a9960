using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary>What a verb works with.</summary>
/// <param name="Project">Full path of its folder.</param>
internal sealed record CommandContext(
    OptionValues Values,
    string Project,
    EngineContext Host,
    ConsoleLogger Logger,
    bool IsJson,
    CancellationToken Cancellation
);
