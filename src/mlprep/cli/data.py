import typer

app = typer.Typer()


@app.command("path")
def path() -> None: ...
