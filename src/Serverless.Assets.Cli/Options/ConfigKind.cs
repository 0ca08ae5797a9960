namespace Serverless.Assets.Cli.Options;

/// <summary>What a key of the config file takes.</summary>
internal enum ConfigKind
{
    Text,

    /// <summary>Text; relative to the folder of the config file.</summary>
    Path,

    /// <summary>One of some words, in any case.</summary>
    Choice,

    Flag,

    /// <summary>A whole number.</summary>
    Number,

    Texts,

    /// <summary>A list of texts, or of objects with the keys of a folder.</summary>
    Folders,

    /// <summary>A list of texts, or of objects with the keys of a file.</summary>
    Files,
}
