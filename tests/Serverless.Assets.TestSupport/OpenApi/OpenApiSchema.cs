namespace Serverless.Assets.TestSupport;

/// <summary>What a value must be like. <see cref="OpenApiSchemas"/> checks it.</summary>
internal sealed record OpenApiSchema
{
    /// <summary>The name of the schema that this one stands for; it then has nothing else.</summary>
    public string? Reference { get; init; }

    /// <summary>The type in JSON; null if any type is valid.</summary>
    public string? Type { get; init; }

    public bool IsNullable { get; init; }

    public string? Format { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }

    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    /// <summary>A regular expression.</summary>
    public string? Pattern { get; init; }

    /// <summary>The only valid values; empty if there are others.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Of an array.</summary>
    public OpenApiSchema? Items { get; init; }

    /// <summary>Of an object; empty if it can have any.</summary>
    public IReadOnlyList<OpenApiProperty> Properties { get; init; } = [];

    /// <summary>Of an object: the schema of all properties that are not in <see cref="Properties"/>.</summary>
    public OpenApiSchema? OtherProperties { get; init; }
}

internal sealed record OpenApiProperty(string Name, OpenApiSchema Schema);
