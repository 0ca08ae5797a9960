using System.CommandLine;

namespace Serverless.Assets.Cli.Options;

/// <summary>For verbs whose Environment must be named: the default would be a guess about what goes live or is lost.</summary>
internal static class RequiredEnvironment
{
    public static Command NeedsEnvironment(this Command command)
    {
        var environment = (Option<string>)command.Options.Single(option => option.Name == "--environment");
        environment.Required = true;
        environment.Validators.Add(Texts.RefuseEmpty("the name of an Environment"));
        return command;
    }
}
