using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Serverless.Assets.Cli.Completion;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary>The names of commands, some of which are commands of another one.</summary>
internal static class CommandPath
{
    /// <summary>Gets all names: <c>serverless-assets versions list</c>.</summary>
    public static string Get(CommandResult result)
    {
        var names = new List<string>();
        for (
            SymbolResult? part = result;
            part is CommandResult { Command: not RootCommand } command;
            part = part.Parent
        )
        {
            names.Insert(0, command.Command.Name);
        }

        return string.Join(' ', [CompletionScript.Program, .. names]);
    }

    /// <summary>Gets the last name: <c>list</c> of <see cref="SettingCommands.VersionsList"/>.</summary>
    public static string GetName(SettingCommands command) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(command.ToString()).Split('-')[^1];
}
