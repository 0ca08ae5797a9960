namespace Serverless.Assets.Benchmarks;

internal interface IScenario
{
    string Name { get; }

    Task<IReadOnlyList<Figure>> RunAsync();
}
