namespace Serverless.Assets.Reporting.Html;

/// <summary>A rectangle of a drawing.</summary>
internal readonly record struct Area(double X, double Y, double Width, double Height)
{
    public double Size => Width * Height;

    public bool Overlaps(Area other) =>
        X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;
}
