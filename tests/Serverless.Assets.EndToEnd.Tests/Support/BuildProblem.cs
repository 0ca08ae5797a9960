namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>An error or a warning of a build.</summary>
internal sealed record BuildProblem(string Code, string File, int Line, string Text);
