namespace Serverless.Assets.Cli.Commands;

/// <summary>What a verb tells on standard output.</summary>
/// <param name="Text">For people; several lines, without a line end after the last. Null: nothing to tell.</param>
/// <param name="Json">For programs.</param>
/// <param name="IsAnswer">The text is what was asked for, so it is printed though the program is to be quiet.</param>
internal sealed record CommandOutput(string? Text, string Json, bool IsAnswer = false);
