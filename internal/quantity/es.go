package quantity

import contrechamp "contrechamp.org/contrechamp"

// spanish is what Spanish says of numbers. Words are folded: without accents, in lower case.
func spanish() *language {
	l, b := newLanguage(',', '.')
	international(b)
	l.tensAnd = true

	b.numbers(unit, "dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14 quince=15 dieciseis=16 diecisiete=17 dieciocho=18 diecinueve=19 veintiun=21 veintiuno=21 veintiuna=21 veintidos=22 veintitres=23 veinticuatro=24 veinticinco=25 veintiseis=26 veintisiete=27 veintiocho=28 veintinueve=29", 0)
	b.numbers(unit, "un=1 uno=1 una=1", shy)
	b.numbers(ten, "veinte=20 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90", 0)
	b.numbers(hundred, "cien=100 ciento=100", 0)
	b.numbers(unit, "doscientos=200 doscientas=200 trescientos=300 trescientas=300 cuatrocientos=400 cuatrocientas=400 quinientos=500 quinientas=500 seiscientos=600 seiscientas=600 setecientos=700 setecientas=700 ochocientos=800 ochocientas=800 novecientos=900 novecientas=900", 0)
	b.numbers(scale, "mil=1000 millon=1000000 billon=1000000000000", 0)
	b.numbers(scale, "millones=1000000 billones=1000000000000", plural)
	b.numbers(scale, "m=1000000 mill=1000000", suffix)
	b.numbers(collective, "decena=10 docena=12 quincena=15 veintena=20 treintena=30 cuarentena=40 cincuentena=50 centenar=100 centena=100 millar=1000", 0)
	b.numbers(collective, "decenas=10 docenas=12 centenares=100 centenas=100 cientos=100 miles=1000 millares=1000", plural)

	b.all("unos unas varios varias algunos algunas", sense{role: someOf})
	b.all("y", sense{flags: and | small})
	b.all("o u", sense{flags: or | small})
	b.all("a", sense{flags: to | small})
	b.all("entre", sense{flags: between | small | yearly})
	b.all("de del", sense{flags: of | small})
	b.all("medio media", sense{flags: half})
	b.all("pasar pasa pasan pasara pasaron paso subir aumentar aumenta crecer ampliar amplia ampliara", sense{flags: change})
	b.all("h", sense{flags: clock})
	b.all("en desde hasta ano anos antes despues mediados finales principios curso ejercicio", sense{flags: small | yearly})
	b.all("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", sense{flags: month})
	b.all("lunes martes miercoles jueves viernes sabado domingo", sense{flags: weekday})
	b.all("tercio tercios cuarto cuartos quinto decimo", sense{flags: fraction})
	b.all("sobre", sense{flags: ratio | small})
	b.all("solo sola unico unica", sense{flags: alone})
	b.all("los las sus estos estas el", sense{flags: determiner | small})
	b.all("articulo articulos art pagina paginas numero numeros ley decreto real reglamento norma version linea lineas fase lote lotes tomo tabla categoria grupo clase serie temporada tel telefono expediente pregunta mocion", sense{flags: label})
	b.all("kilometro kilometros km metro metros cm mm kilo kilos kg toneladas hectarea hectareas litros hora horas minuto minutos segundo segundos dia dias semana semanas mes meses ano anos megapixel megapixeles pixeles megabytes gigas teras grados vatios", sense{role: measure})
	b.currencies(`
euro euros = EUR €
dolar dolares = $
peso pesos = peso
franco francos = franc
yuan yuanes = CNY ¥
yen yenes = JPY ¥
rublo rublos = RUB ₽
rupia rupias = INR Rs
sol soles = PEN S/
quetzal quetzales = GTQ Q
real reales = BRL R$`, 0)
	b.currencies(`
libra libras = livre`, strict)
	b.currenciesByNation(`
$: estadounidense=USD estadounidenses=USD americanos=USD canadiense=CAD canadienses=CAD australianos=AUD
peso: mexicano=MXN mexicanos=MXN argentino=ARS argentinos=ARS chileno=CLP chilenos=CLP colombiano=COP colombianos=COP uruguayos=UYU
franc: suizo=CHF suizos=CHF
livre: esterlina=GBP esterlinas=GBP`)
	b.all("la un una este esta ese esa que se su al por para con sin no mas es son fue eran era ha han habia como si ya lo le les tambien cada muy", sense{flags: small})

	b.before(contrechamp.About, "unos|unas|casi|cerca de|alrededor de|aproximadamente|en torno a|cerca del|proximo a|un total aproximado de")
	b.before(contrechamp.AtLeast, "mas de|al menos|por lo menos|como minimo|no menos de|un minimo de|superior a|superiores a|supera los|superan los|superan las|supera las|por encima de")
	b.before(contrechamp.AtMost, "menos de|hasta|como maximo|a lo sumo|un maximo de|no mas de|inferior a|inferiores a|por debajo de|apenas")
	b.behind(contrechamp.About, "aproximadamente|mas o menos")
	b.behind(contrechamp.AtLeast, "o mas|como minimo|al menos|+")
	b.behind(contrechamp.AtMost, "o menos|como maximo|a lo sumo")

	l.percent = phrases("por ciento|por cien|%")
	l.points = phrases("puntos porcentuales|punto porcentual")
	return b.finish()
}
