namespace Serverless.Assets.Emulator.Tests.OpenApi;

/// <summary>The text with the facts of an API: what is written can be read, and a wrong line is found.</summary>
public sealed class OpenApiFactsTests
{
    private const string Facts = """
        # A comment

        DELETE /v1/Things/{Sid}
          path Sid required: string minLength=34 maxLength=34 pattern=^ZT [0-9a-f: ]{31}$
          response 204: nothing

        POST /v1/Things/{Sid}
          query Page: integer nullable format=int64 minimum=-1 maximum=9000000000
          form Parts: array of string minLength=2 pattern=^ZP
          form Color required: @color
          response 200: array nullable of array of object
            a: string
            b: array of object
              c: boolean
            d: number
          response 201: object
            counts: object nullable
              a: any
              *: object
                *: integer
            links: object format=uri-map

        schema color: string enum=red|light-green

        schema v1.thing: object
          color: @color
          parts: array of @v1.thing

        """;

    [Fact]
    public void What_is_read_is_written_again() =>
        Assert.Equal(Facts, OpenApiFactsWriter.Write(OpenApiFactsReader.Read(Facts), "A comment"));

    [Fact]
    public void What_is_read_is_in_the_description()
    {
        var description = OpenApiFactsReader.Read(Facts);

        Assert.Equal(
            ["DELETE /v1/Things/{Sid}", "POST /v1/Things/{Sid}"],
            description.Operations.Select(operation => $"{operation.Method} {operation.Template}")
        );
        var (delete, create) = (description.Operations[0], description.Operations[1]);
        var sid = Assert.Single(delete.Parameters);
        Assert.Equal(("path", "Sid", true), (sid.Location, sid.Name, sid.IsRequired));
        Assert.Equal(("string", 34L, 34L), (sid.Schema.Type, sid.Schema.MinLength, sid.Schema.MaxLength));
        Assert.Equal("^ZT [0-9a-f: ]{31}$", sid.Schema.Pattern);
        Assert.Null(delete.Responses[204]);
        Assert.Equal([("query", false), ("form", false), ("form", true)], create.Parameters.Select(Kind));
        Assert.Equal("int64", create.Parameters[0].Schema.Format);
        Assert.Equal((-1, 9000000000), (create.Parameters[0].Schema.Minimum, create.Parameters[0].Schema.Maximum));
        Assert.Equal("^ZP", create.Parameters[1].Schema.Items!.Pattern);
        Assert.Equal("color", create.Parameters[2].Schema.Reference);
        var rows = create.Responses[200]!;
        Assert.True(rows.IsNullable);
        Assert.Equal(["a", "b", "d"], rows.Items!.Items!.Properties.Select(property => property.Name));
        var counts = create.Responses[201]!.Properties[0].Schema;
        Assert.Equal(["a"], counts.Properties.Select(property => property.Name));
        Assert.Null(counts.Properties[0].Schema.Type);
        Assert.Equal("integer", counts.OtherProperties!.OtherProperties!.Type);
        Assert.Equal(["red", "light-green"], description.Schemas.Named["color"].Values);

        static (string, bool) Kind(OpenApiParameter parameter) => (parameter.Location, parameter.IsRequired);
    }

    [Fact]
    public void Operations_and_schemas_are_written_in_the_order_of_their_names()
    {
        const string Unordered = """
            schema b: string
            schema a: string
            POST /b
            GET /b
            POST /a
              response 204: nothing
              response 200: string
            """;

        Assert.Equal(
            """
            POST /a
              response 200: string
              response 204: nothing

            GET /b

            POST /b

            schema a: string

            schema b: string

            """,
            OpenApiFactsWriter.Write(OpenApiFactsReader.Read(Unordered))
        );
    }

    [Theory]
    [InlineData("HEAD /v1", "is neither an operation nor a schema: HEAD /v1")]
    [InlineData("schema thing string", "is neither an operation nor a schema: schema thing string")]
    [InlineData("schema thing: text", "has the type text, which is not known: schema thing: text")]
    [InlineData("schema a: string", "describes what a line above describes: schema a: string")]
    [InlineData("GET /a\n  header X: string", "is neither a parameter nor a response: header X: string", 2)]
    [InlineData("GET /a\n  response x: string", "is neither a parameter nor a response: response x: string", 2)]
    [InlineData("GET /a\n  response 204: nothing\n    b: any", "does not belong to an object: b: any", 3)]
    [InlineData(
        "GET /a\n  form X: any\n  form X required: any",
        "describes what a line above describes: form X required: any",
        3
    )]
    [InlineData("schema b: string\n  c: any", "does not belong to an object: c: any", 2)]
    [InlineData("schema b: @a\n  c: any", "does not belong to an object: c: any", 2)]
    [InlineData("schema b: object\n  c", "is not a property: c", 2)]
    [InlineData(
        "schema b: object\n    c: any",
        "is not indented by two spaces more than the line that it belongs to: c: any",
        2
    )]
    [InlineData(
        "schema b: object\n   c: any",
        "is not indented by two spaces more than the line that it belongs to: c: any",
        2
    )]
    [InlineData("schema b: @other", "refers to other, which has no line: schema b: @other")]
    [InlineData("schema b: array of @other", "refers to other, which has no line: schema b: array of @other")]
    [InlineData("schema b: array", "has the type array, which is not known: schema b: array")]
    [InlineData("schema b: any size=1", "has the constraint size=1, which is not known: schema b: any size=1")]
    [InlineData("schema b: any format", "has the constraint format, which is not known: schema b: any format")]
    [InlineData("schema b: any enum=", "has the constraint enum=, which is not known: schema b: any enum=")]
    [InlineData("schema b: any minimum=x", "has the minimum x, which is not a number: schema b: any minimum=x")]
    public void A_wrong_line_is_named_by_its_number(string lines, string problem, int number = 1)
    {
        var exception = Assert.Throws<FormatException>(() =>
            OpenApiFactsReader.Read($"# A comment\nschema a: string\n\n{lines}\nschema z: any\n")
        );

        Assert.Equal($"Line {number + 3} {problem}", exception.Message);
    }

    [Fact]
    public void A_value_that_cannot_be_read_again_is_not_written()
    {
        foreach (var value in (string[])["a b", "a|b"])
        {
            var schemas = new Dictionary<string, OpenApiSchema>
            {
                ["a"] = new() { Type = "string", Values = [value] },
            };

            Assert.Throws<NotSupportedException>(() => OpenApiFactsWriter.Write(new OpenApiDescription([], schemas)));
        }
    }
}
