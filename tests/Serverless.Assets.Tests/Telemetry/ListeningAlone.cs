namespace Serverless.Assets.Tests.Telemetry;

/// <summary>Listeners hear the whole process: their tests run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ListeningAlone
{
    public const string Name = "Telemetry";
}
