using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary>The input of a command.</summary>
/// <param name="Settings">Not validated yet.</param>
internal sealed record CommandContext(
    CommandLineValues Values,
    SettingValues Settings,
    EngineContext Engine,
    ConsoleLogger Logger,
    bool IsJson,
    CancellationToken CancellationToken
);
