using System.Globalization;

namespace Serverless.Assets.Benchmarks;

/// <summary>A measured number and its target.</summary>
internal sealed record Figure(string What, string Measured, string Goal, bool IsReached)
{
    public static Figure AtMost(string what, double measured, double goal, string unit) =>
        new(
            what,
            string.Create(CultureInfo.InvariantCulture, $"{measured:0.###} {unit}"),
            string.Create(CultureInfo.InvariantCulture, $"<= {goal:0.###} {unit}"),
            measured <= goal
        );

    public static Figure AtLeast(string what, double measured, double goal, string unit) =>
        new(
            what,
            string.Create(CultureInfo.InvariantCulture, $"{measured:0.###} {unit}"),
            string.Create(CultureInfo.InvariantCulture, $">= {goal:0.###} {unit}"),
            measured >= goal
        );

    public static Figure Exactly(string what, double measured, double goal, string unit) =>
        new(
            what,
            string.Create(CultureInfo.InvariantCulture, $"{measured:0.###} {unit}"),
            string.Create(CultureInfo.InvariantCulture, $"= {goal:0.###} {unit}"),
            Math.Abs(measured - goal) < double.Epsilon
        );
}
